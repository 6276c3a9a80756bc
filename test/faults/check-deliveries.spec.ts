import { deliveryDelivered } from '@expo-accord/contracts';
import { checkDeliveries } from './check-deliveries';
import { type Received, type Row } from './history';
import { aMessage } from './said.builder';

const webhook = (sequence: number): Received => ({
  endpointId: 'endpoint',
  messageId: `message-${sequence}`,
  source: '/agreements/one',
  sequence,
});
const planned = (...numbers: number[]): Record<string, Row[]> => ({
  'notifications.webhook': numbers.map((sequence) => ({ cause_id: `message-${sequence}`, endpoint_id: 'endpoint' })),
  'notifications.mail_log': [{ id: 'mail', status: 'delivered' }],
});
const mails = ['<mail@expo-accord.example>'];

describe('the check of deliveries', () => {
  it('counts repetitions under the same id, and finds nothing wrong with them', () => {
    const webhooks = [webhook(1), webhook(2), webhook(1)];
    const check = checkDeliveries({ effects: planned(1, 2), webhooks, mails: [...mails, ...mails], said: [] });
    expect(check).toEqual({ findings: [], repeatedWebhooks: 1, repeatedMails: 1 });
  });

  it('finds what was planned and never came, and what came unplanned', () => {
    const check = checkDeliveries({ effects: planned(1, 2), webhooks: [webhook(1), webhook(3)], mails: [], said: [] });
    expect(check.findings).toEqual([
      { kind: 'loss', about: 'mail mail', detail: 'was planned and never came' },
      { kind: 'loss', about: 'webhook message-2 endpoint', detail: 'was planned and never came' },
      { kind: 'double', about: 'webhook message-3 endpoint', detail: 'came and was not planned' },
    ]);
    const second = [...mails, '<other@expo-accord.example>'];
    expect(checkDeliveries({ effects: planned(), webhooks: [], mails: second, said: [] }).findings).toMatchObject([
      { kind: 'double', about: 'mail other' },
    ]);
  });

  it('finds webhooks of one aggregate in another order', () => {
    const check = checkDeliveries({ effects: planned(1, 2), webhooks: [webhook(2), webhook(1)], mails, said: [] });
    expect(check.findings).toEqual([
      { kind: 'reordering', about: '/agreements/one to endpoint', detail: '1 came first after 2' },
    ]);
  });

  it('finds a delivery that ended twice', () => {
    const { type, topic } = deliveryDelivered;
    const ended = [1, 2].map((sequence) => ({ ...aMessage('one', sequence), type, topic: topic.name }));
    const check = checkDeliveries({ effects: planned(), webhooks: [], mails, said: ended });
    expect(check.findings).toMatchObject([{ kind: 'double', detail: 'ended 2 times' }]);
  });
});
