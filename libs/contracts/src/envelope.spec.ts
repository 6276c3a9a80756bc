import { EnvelopeError, fromHeaders, toHeaders, type Envelope, type ReceivedHeaders } from '.';

const envelope: Envelope = {
  id: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a01',
  source: '/agreements/0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a90',
  type: 'expo-accord.agreement.signed.v1',
  subject: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a90',
  time: '2024-10-17T02:00:00.000Z',
  partitionKey: 'tenant/agreement',
  tenantId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a00',
  correlationId: 'request-1',
  causationId: 'request-1',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  epoch: 2,
  sequence: 17,
};

/** As kafkajs hands them over. */
const asReceived = (headers: Record<string, string>): ReceivedHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));

describe('the headers of a message', () => {
  it('are CloudEvents 1.0 in binary mode, with numbers that sort as text', () => {
    expect(toHeaders(envelope)).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_dataschema: '/schemas/expo-accord.agreement.signed.v1.json',
      ce_id: envelope.id,
      ce_source: envelope.source,
      ce_type: envelope.type,
      ce_subject: envelope.subject,
      ce_time: envelope.time,
      ce_partitionkey: envelope.partitionKey,
      ce_tenant: envelope.tenantId,
      ce_correlationid: 'request-1',
      ce_causationid: 'request-1',
      ce_epoch: '000002',
      ce_sequence: '00000000000000000017',
      traceparent: envelope.traceparent,
    });
  });

  it('come back as the envelope they were made from', () => {
    const { traceparent: _none, ...untraced } = envelope;
    expect(fromHeaders(asReceived(toHeaders(envelope)))).toEqual(envelope);
    expect(fromHeaders(toHeaders(untraced))).toEqual(untraced);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['a missing tenant', { ce_tenant: undefined }, 'ce_tenant (missing)'],
    ['an id that is no UUID', { ce_id: '7' }, 'ce_id (not a UUID)'],
    ['a sequence before the first', { ce_sequence: '0' }, 'ce_sequence (not a whole number from 1)'],
    [
      'a sequence beyond what a number holds exactly',
      { ce_sequence: '99999999999999999999' },
      'ce_sequence (not a whole number from 1)',
    ],
    ['an epoch in words', { ce_epoch: 'two' }, 'ce_epoch (not a whole number from 0)'],
    ['another version of CloudEvents', { ce_specversion: '0.3' }, 'ce_specversion (not 1.0)'],
    ['a time without offset', { ce_time: '2024-10-17T02:00:00' }, 'ce_time (not an RFC 3339 instant)'],
  ])('are refused with %s', (_what, change, complaint) => {
    const read = () => fromHeaders({ ...toHeaders(envelope), ...change });
    expect(read).toThrow(EnvelopeError);
    expect(read).toThrow(complaint);
  });

  it('are refused with every problem named when there are none', () => {
    expect(() => fromHeaders({})).toThrow(
      /ce_specversion.*ce_id.*ce_source.*ce_type.*ce_tenant.*ce_epoch.*ce_sequence/s,
    );
  });
});
