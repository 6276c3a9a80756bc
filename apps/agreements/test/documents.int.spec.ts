import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { DataSource } from 'typeorm';
import { until } from '../../../test/support/until';
import { DocumentSweeper } from '../src/documents/document.sweeper';
import { AgreementsService, type Tenant } from './agreements-service';
import { describeDocumentsElsewhere } from './documents-elsewhere';
import { type Document, DocumentDesk, en, pdf, sha256, zip } from './document-desk';

const MAX_BYTES = 200_000;

describe('documents of agreements', () => {
  let service: AgreementsService;
  let tenant: Tenant;
  let desk: DocumentDesk;

  beforeAll(async () => {
    service = await AgreementsService.start({ DOCUMENT_MAX_BYTES: String(MAX_BYTES) });
  }, 60_000);
  afterAll(async () => {
    await service.stop();
  });
  beforeEach(() => {
    tenant = service.tenant();
    desk = new DocumentDesk(service, tenant);
    service.clock.time = undefined;
  });

  it('come back as they were sent, to be saved and never shown', async () => {
    const agreementId = await desk.agreement();
    const given = { name: { original: 'ko', texts: { ko: '양해각서 (최종)' } }, language: 'ko', authentic: true };
    const id = await desk.announce(agreementId, pdf, given);
    const digest = `sha-256=:${Buffer.from(sha256(pdf), 'hex').toString('base64')}:`;
    expect((await desk.send(id, pdf, { 'content-digest': digest })).body).toMatchObject({ ...given, status: 'stored' });
    const answer = await desk.open(id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'content-disposition':
        `attachment; filename="document.pdf"; filename*=UTF-8''` +
        `${encodeURIComponent('양해각서 ')}%28${encodeURIComponent('최종')}%29.pdf`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'repr-digest': digest,
    });
    const { body } = await tenant.get<{ items: Document[] }>(`agreements/${agreementId}/documents`);
    expect(body.items).toMatchObject([{ id, ...given, sha256: sha256(pdf), size: pdf.length }]);
    const trail = await tenant.get<{ items: object[] }>(`agreements/${agreementId}/audit`);
    expect(trail.body.items).toMatchObject([{ action: 'created' }, { action: 'documentStored', after: { id } }]);
  });

  it('are what their digest says, also when they are sent again', async () => {
    const id = await desk.stored(await desk.agreement('negotiate', 'agree', 'sign'));
    expect((await desk.send(id, pdf)).status).toBe(200);
    const other = Buffer.concat([pdf, Buffer.from('x')]);
    expect(await desk.send(id, other)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/sha256' }] } });
    expect(Buffer.from(await (await desk.open(id)).arrayBuffer()).equals(pdf)).toBe(true);
  });

  it.each([
    [
      'with another digest',
      422,
      { code: 'invalid', errors: [{ code: 'digest-differs' }] },
      pdf,
      pdf.subarray(0, -1),
      {},
    ],
    [
      'whose headers name another digest',
      422,
      { errors: [{ pointer: '/sha256', code: 'digest-differs' }] },
      pdf,
      pdf,
      { 'repr-digest': `sha-256=:${randomBytes(32).toString('base64')}:` },
    ],
    ['whose digest is none', 400, { code: 'digest-malformed' }, pdf, pdf, { 'content-digest': 'sha-256=abc' }],
    [
      'that are a ZIP archive called PDF',
      415,
      { code: 'media-type-differs', announced: 'application/pdf', found: 'application/zip' },
      zip,
      zip,
      {},
    ],
    ['that are text called PDF', 415, { found: 'text/plain' }, Buffer.from('<html>'), Buffer.from('<html>'), {}],
    ['that are empty', 422, { code: 'document-empty' }, Buffer.alloc(0), Buffer.alloc(0), {}],
    [
      'sent as JSON',
      415,
      { code: 'media-type-unsupported' },
      pdf,
      Buffer.from('{}'),
      { 'content-type': 'application/json' },
    ],
    ['sent compressed', 415, { code: 'media-type-unsupported' }, pdf, pdf, { 'content-encoding': 'gzip' }],
  ])('%s are refused, and nothing of them is kept', async (_, status, body, announced, sent, headers) => {
    const id = await desk.announce(await desk.agreement(), announced);
    expect(await desk.send(id, sent, headers)).toMatchObject({ status, body: { status, ...body } });
    await desk.nothingKept(id);
  });

  it('may not be larger than allowed, whatever the request says of its length', async () => {
    const large = Buffer.concat([pdf, randomBytes(MAX_BYTES)]);
    const id = await desk.announce(await desk.agreement(), large);
    const refused = { status: 413, body: { code: 'document-too-large', maxBytes: MAX_BYTES } };
    expect(await desk.send(id, large)).toMatchObject(refused);
    const inPieces = new Blob([large]).stream();
    const headers = { 'content-type': 'application/octet-stream' };
    expect(await tenant.call('PUT', `documents/${id}/content`, { body: inPieces, headers })).toMatchObject(refused);
    await desk.nothingKept(id);
  });

  it('of a gigabyte are refused before they are sent', async () => {
    const id = await desk.announce(await desk.agreement(), pdf);
    const { url, headers } = await tenant.addressed(`documents/${id}/content`);
    const status = await new Promise((resolve, reject) => {
      const put = request(url, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': 1024 ** 3 },
      });
      put.on('response', (response) => {
        resolve(response.statusCode);
        put.destroy();
      });
      put.on('error', reject);
      // The rest is never sent.
      put.write(pdf);
    });
    expect(status).toBe(413);
    await desk.nothingKept(id);
  });

  it('leave nothing when their upload breaks off', async () => {
    const id = await desk.announce(await desk.agreement(), pdf);
    const { url, headers } = await tenant.addressed(`documents/${id}/content`);
    const put = request(url, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': pdf.length },
    });
    put.on('error', () => undefined);
    put.write(pdf.subarray(0, 20_000));
    await until(
      () => desk.files(),
      (all) => all.some((path) => path.includes('unfinished')),
    );
    put.destroy();
    await until(
      () => desk.files(),
      (all) => !all.some((path) => path.includes('unfinished')),
    );
    await desk.nothingKept(id);
    expect((await desk.send(id, pdf)).status).toBe(200);
  });

  it('may be removed while their agreement is negotiated; what was agreed stays, and is replaced', async () => {
    const agreementId = await desk.agreement('negotiate');
    // At once, though both are noted in the one trail of their agreement.
    const [removed, kept] = await Promise.all([desk.stored(agreementId), desk.stored(agreementId)]);
    expect((await tenant.call('DELETE', `documents/${removed}`)).status).toBe(204);
    expect((await desk.open(removed)).status).toBe(404);
    await until(
      () => desk.filesOf(removed),
      ({ length }) => length === 0,
    );
    for (const action of ['agree', 'sign']) await tenant.post(`agreements/${agreementId}/${action}`);
    expect(await tenant.call('DELETE', `documents/${kept}`)).toMatchObject({
      status: 409,
      body: { code: 'document-immutable', agreementStatus: 'signed' },
    });
    const next = await desk.announce(agreementId, zip, { replacesId: kept });
    expect((await tenant.call('DELETE', `documents/${next}`)).status).toBe(204);
    const { body } = await tenant.get<{ items: Document[] }>(`agreements/${agreementId}/documents`);
    expect(body.items.map(({ id }) => id)).toEqual([kept]);
  });

  it('are cleared away when nobody wants them: never sent, removed, or of a draft that was deleted', async () => {
    const drafted = await desk.agreement();
    const [pending, left] = [await desk.announce(await desk.agreement(), pdf), await desk.stored(drafted)];
    const kept = await desk.stored(await desk.agreement());
    expect((await tenant.call('DELETE', `agreements/${drafted}`, { headers: { 'if-match': '"1"' } })).status).toBe(204);
    const sweepIn = async (hours: number): Promise<void> => {
      service.clock.time = new Date(Date.now() + hours * 3_600_000).toISOString();
      await service.app.get(DocumentSweeper).sweep();
    };
    await sweepIn(23);
    expect((await tenant.get(`documents/${pending}`)).status).toBe(200);
    expect((await tenant.get(`documents/${left}`)).status).toBe(404);
    await sweepIn(25);
    await sweepIn(27);
    expect((await tenant.get(`documents/${pending}`)).status).toBe(404);
    expect([await desk.filesOf(left), (await desk.filesOf(kept)).length]).toEqual([[], 1]);
    const rows = await service.app.get(DataSource).query<object[]>(`SELECT FROM document WHERE status = 'removed'`);
    expect(rows).toEqual([]);
    expect((await desk.open(kept)).status).toBe(200);
  });

  it('are announced with what is allowed, and for what is there', async () => {
    const agreementId = await desk.agreement();
    const given = { name: en('Text'), mediaType: 'application/pdf', sha256: sha256(pdf) };
    const refused = async (body: object): Promise<unknown> => {
      const { status, body: problem } = await tenant.post(`agreements/${agreementId}/documents`, { ...given, ...body });
      expect(status).toBe(422);
      return (problem['errors'] as { pointer: string }[])[0]?.pointer;
    };
    expect(await refused({ mediaType: 'text/html' })).toBe('/mediaType');
    expect(await refused({ sha256: 'abc' })).toBe('/sha256');
    expect(await refused({ authentic: true })).toBe('/language');
    expect(await refused({ replacesId: agreementId })).toBe('/replacesId');
  });

  it('are not seen, opened, filled or removed by strangers', async () => {
    const agreementId = await desk.agreement();
    const [id, pending] = [await desk.stored(agreementId), await desk.announce(agreementId, pdf)];
    const stranger = service.tenant();
    const headers = { 'content-type': 'application/octet-stream' };
    const answers = [
      stranger.get(`agreements/${agreementId}/documents`),
      stranger.post(`agreements/${agreementId}/documents`, {
        ...{ name: en('Text'), mediaType: 'application/pdf', sha256: sha256(pdf) },
      }),
      stranger.get(`documents/${id}`),
      stranger.call('PUT', `documents/${pending}/content`, { body: pdf, headers }),
      stranger.call('DELETE', `documents/${id}`),
      desk.open(id, stranger),
    ];
    for (const { status } of await Promise.all(answers)) expect(status).toBe(404);
  });

  describeDocumentsElsewhere(() => ({ service, tenant, desk }));
});
