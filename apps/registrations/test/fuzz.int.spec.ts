import { openApiDocument } from '@expo-accord/http';
import fc from 'fast-check';
import {
  type ArbitraryRequest,
  ArbitraryRequests,
  type Operation,
  operationsOf,
} from '../../../test/support/arbitrary-requests';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody, type Tenant } from './tenant';

const RUNS_EACH = 10;

let service: RunningService;
let tenant: Tenant;
let requests: ArbitraryRequests;
let operations: Operation[];

beforeAll(async () => {
  service = await startService();
  tenant = service.tenant();
  const eventId = await tenant.openEvent({ buyer: 100 });
  const { body: job } = await tenant.import(eventId, '', ndjson([signUpBody()]));
  const document = openApiDocument(service.app, { title: 'Fuzzed' });
  requests = new ArbitraryRequests(document, [eventId, eventId, job.id, await tenant.signUp(eventId)]);
  operations = operationsOf(document).filter(({ path }) => path.startsWith('/v1/'));
});

afterAll(async () => {
  await service.stop();
});

async function assertSound({ method }: Operation, { path, contentType, body }: ArbitraryRequest): Promise<void> {
  const headers = { 'content-type': contentType, 'if-match': '"1"' };
  const answer = await tenant.send(method, path, method === 'GET' ? undefined : body, { headers });
  expect(answer.status).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    status: answer.status,
    code: expect.stringMatching(/^[a-z][a-z0-9-]+$/) as string,
  });
  for (const { pointer } of (answer.body.errors ?? []) as { pointer: string }[]) expect(pointer).toMatch(/^(\/|$)/);
}

/** A failure tells the seed and the path by which fast-check finds it again. */
it('answers whatever it is sent with what was asked for or with a problem that has a code, and never with a 5xx', async () => {
  expect(operations.length).toBeGreaterThan(20);
  const seed = Date.now() % 2 ** 31;
  process.stderr.write(`Requests made from the seed ${seed}\n`);
  for (const operation of operations) {
    const property = fc.asyncProperty(requests.of(operation), (request) => assertSound(operation, request));
    await fc.assert(property, { seed, numRuns: RUNS_EACH, endOnFailure: true });
  }
}, 300_000);
