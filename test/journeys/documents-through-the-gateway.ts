import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { ApiClient, type Json } from '../../deploy/demo/api-client';

/** Longer than anything on its way would hold of it unnoticed. */
const PIECES = 300;
const piece = Buffer.alloc(65_536, 'To build an industrial park. ');
const head = Buffer.from('%PDF-1.7\n');
const en = (text: string): Json => ({ original: 'en', texts: { en: text } });

function* content(): Generator<Buffer> {
  yield head;
  for (let at = 0; at < PIECES; at += 1) yield piece;
}

async function digestOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of bytes) hash.update(part);
  return hash.digest('hex');
}

/** What is answered to the beginning of an upload that says it is a gigabyte, and whose rest is never sent. */
async function beginningOfAGigabyte(url: string, key: string): Promise<{ status: number | undefined; type: string }> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/octet-stream',
    'content-length': 1024 ** 3,
  };
  return new Promise((resolve, reject) => {
    const put = request(url, { method: 'PUT', headers }, (answer) => {
      resolve({ status: answer.statusCode, type: answer.headers['content-type'] ?? '' });
      put.destroy();
    });
    put.on('error', reject);
    put.write(head);
  });
}

export function describeDocuments(caller: () => { url: string; key: string }): void {
  it('let documents through as they come, in both directions, to be saved and never shown', async () => {
    const { url, key } = caller();
    const api = new ApiClient(url, key);
    const authorization = `Bearer ${key}`;
    const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };
    const { id } = await api.post('/v1/agreements', { type: 'mou', titles: en('Memorandum'), parties });
    const sha256 = await digestOf(content());
    const announced = { name: en('Text'), mediaType: 'application/pdf', sha256 };
    const { id: documentId } = await api.post(`/v1/agreements/${String(id)}/documents`, announced);
    const path = `${url}/v1/documents/${String(documentId)}/content`;

    // Whoever waited for the end of it would wait for ever.
    const refused = await beginningOfAGigabyte(path, key);
    expect(refused).toEqual({ status: 413, type: expect.stringContaining('application/problem+json') as string });

    const headers = { authorization, 'content-type': 'application/octet-stream' };
    const body = ReadableStream.from(content());
    const sent = await fetch(path, { method: 'PUT', headers, body, duplex: 'half' });
    const size = head.length + PIECES * piece.length;
    await expect(sent.json()).resolves.toMatchObject({ status: 'stored', size });

    const answer = await fetch(path, { headers: { authorization } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(size),
      'content-disposition': expect.stringMatching(/^attachment; filename="document\.pdf"/) as string,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(await digestOf(answer.body ?? [])).toBe(sha256);
  });
}
