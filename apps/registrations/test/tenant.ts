import { type KeyObject } from 'node:crypto';
import { eventOpened, type EventSnapshot } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { callerTokenHeader, signCallerToken } from '@expo-accord/http';
import { eventually } from '../../../test/support/eventually';
import { type MessageWire } from '../../../test/support/message-wire';

const TOKEN_SECONDS = 600;
const allScopes = [
  'registrations:read',
  'registrations:write',
  'registrations:import',
  'registrations:personal-data',
  'history:write',
];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON answer; what is expected of it is what a spec is about. */
  readonly body: { id: string; version: number; [field: string]: unknown };
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  readonly scopes?: readonly string[];
}

/** Places of a ticket category and how it takes people in. */
export interface CategoryTerms {
  readonly quota?: number;
  readonly waitlist?: boolean;
  readonly requiresApproval?: boolean;
  readonly requiresInvitation?: boolean;
}

let people = 0;

/** A sign-up that nobody made before, as an expo system posts it. */
export function signUpBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  people += 1;
  return {
    externalRefs: [{ system: 'expo-a', id: `ref-${people}` }],
    category: 'buyer',
    person: {
      name: { texts: { ko: `김민수${people}`, en: `Kim Minsu ${people}` }, order: 'familyFirst' },
      email: `minsu.${people}@example.org`,
    },
    organization: { name: `Umbrella ${people}` },
    economy: 'KR',
    mode: 'inPerson',
    language: 'ko',
    ...changes,
  };
}

/** A scan at the north gate on the morning of 17 October 2030, with an id of its own. */
export function scanBody(changes: Record<string, unknown>): Record<string, unknown> {
  return { scanId: newId(), scannedAt: '2030-10-17T09:00:00+09:00', gate: 'north', ...changes };
}

export const ndjson = (bodies: readonly unknown[]): string =>
  bodies.map((body) => `${JSON.stringify(body)}\n`).join('');

/** One tenant's way to the service, as the gateway would forward its calls. */
export class Tenant {
  constructor(
    private readonly url: string,
    private readonly key: KeyObject,
    private readonly wire: MessageWire,
    readonly id = newId(),
    readonly keyId = newId(),
  ) {}

  async get(path: string, options: CallOptions = {}): Promise<Answer> {
    return this.send('GET', path, undefined, options);
  }

  async post(path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...options.headers };
    return this.send('POST', path, body === undefined ? '' : JSON.stringify(body), { ...options, headers });
  }

  async patch(path: string, version: number, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` };
    return this.send('PATCH', path, JSON.stringify(body), { headers });
  }

  async register(eventId: string, body: unknown, query = ''): Promise<Answer> {
    return this.post(`/v1/events/${eventId}/registrations${query}`, body);
  }

  /** @returns the id of a new registration */
  async signUp(eventId: string): Promise<string> {
    return (await this.register(eventId, signUpBody())).body.id;
  }

  /** Counters against counts; `?dryRun=true` only looks. */
  async recount(eventId: string, query = ''): Promise<Answer> {
    return this.post(`/v1/events/${eventId}/quotas/recount${query}`);
  }

  /** One after the other, in the order in which they are to wait; also those that were refused. */
  async signUps(eventId: string, count: number, changes: Record<string, unknown> = {}): Promise<Answer['body'][]> {
    const answers: Answer['body'][] = [];
    for (let index = 0; index < count; index += 1) {
      answers.push((await this.register(eventId, signUpBody(changes))).body);
    }
    return answers;
  }

  async act(registrationId: string | undefined, action: string, body?: object): Promise<Answer> {
    return this.post(`/v1/registrations/${registrationId ?? ''}/${action}`, body);
  }

  async statusesOf(registrations: readonly { id: string }[]): Promise<unknown[]> {
    const answers = await Promise.all(registrations.map(({ id }) => this.get(`/v1/registrations/${id}`)));
    return answers.map(({ body }) => body.status);
  }

  async quotasOf(eventId: string): Promise<Record<string, unknown>[]> {
    return (await this.get(`/v1/events/${eventId}/availability`)).body.quotas as Record<string, unknown>[];
  }

  async ticketOf(registrationId: string): Promise<string> {
    return String((await this.get(`/v1/registrations/${registrationId}/ticket`)).body.token);
  }

  /** An open event with these ticket categories, known to the service. */
  async openEvent(
    categories: Record<string, number | null | CategoryTerms> = { buyer: null },
    event: Partial<EventSnapshot> = {},
  ): Promise<string> {
    const eventId = newId();
    await this.wire.say(eventOpened, this.id, eventId, {
      registrationWindow: null,
      entryConditions: [],
      ...event,
      eventId,
    });
    await eventually(async () => {
      return (await this.get(`/v1/events/${eventId}/availability`)).status === 200 ? true : undefined;
    });
    for (const [code, terms] of Object.entries(categories)) {
      const body = typeof terms === 'object' ? { code, ...terms } : { code, quota: terms };
      const { status } = await this.post(`/v1/events/${eventId}/ticket-categories`, body);
      if (status !== 201) throw new Error(`The ticket category ${code} was answered with ${status}`);
    }
    return eventId;
  }

  /** All that is counted of the event, but for when. */
  async counts(eventId: string): Promise<unknown> {
    const { asOf, ...breakdown } = (await this.get(`/v1/events/${eventId}/breakdown`)).body;
    return { breakdown, quotas: (await this.get(`/v1/events/${eventId}/availability`)).body.quotas };
  }

  /** Sends an import and waits until it is done. */
  async import(eventId: string, query: string, body: string): Promise<Answer> {
    const headers = { 'content-type': 'application/x-ndjson' };
    const accepted = await this.send('POST', `/v1/events/${eventId}/imports?${query}`, body, { headers });
    if (accepted.status !== 202) return accepted;
    return this.imported(accepted.body.id);
  }

  async imported(id: string): Promise<Answer> {
    return eventually(async () => {
      const job = await this.get(`/v1/imports/${id}`);
      return ['done', 'failed', 'cancelled'].includes(String(job.body.status)) ? job : undefined;
    });
  }

  async results(id: string): Promise<Record<string, unknown>[]> {
    const { text } = await this.get(`/v1/imports/${id}/results`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async send(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    { headers = {}, ...options }: CallOptions,
  ): Promise<Answer> {
    const sent = body === undefined ? {} : { body: body as string };
    const response = await this.request(method, path, { headers, ...sent }, options);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && !text.includes('}\n{');
    const parsed = isJson && text !== '' ? (JSON.parse(text) as Answer['body']) : ({} as Answer['body']);
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  /** For what `send` does not do: a body that is still being made, an answer that is still being written. */
  async request(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | ReadableStream; duplex?: 'half'; signal?: AbortSignal },
    { scopes = allScopes }: CallOptions = {},
  ): Promise<Response> {
    const caller = { tenantId: this.id, keyId: this.keyId, scopes };
    const token = await signCallerToken(this.key, caller, TOKEN_SECONDS);
    return fetch(`${this.url}${path}`, { ...init, method, headers: { [callerTokenHeader]: token, ...init.headers } });
  }
}
