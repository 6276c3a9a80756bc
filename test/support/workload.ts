import { type ApiClient } from '../../deploy/demo/api-client';
import { publishable } from './publishable';
import { until } from './until';

/** How much of it was acknowledged. */
export interface Acknowledged {
  registered: number;
  cancelled: number;
  mails: number;
  projects: number;
  agreements: number;
}

const text = (en: string): object => ({ original: 'en', texts: { en } });
const party = (economy: string): object => ({ economy, name: text(`Port of ${economy}`), role: 'party' });

/**
 * What a series lives through, in rounds: an edition that was committed to and opens, sign-ups with and without mail, a project and an
 * agreement on their way. Whoever is given several clients has each request go to the next of them.
 */
export class Workload {
  readonly acknowledged: Acknowledged = { registered: 0, cancelled: 0, mails: 0, projects: 0, agreements: 0 };
  #turn = 0;
  #people = 0;

  private constructor(
    private readonly clients: readonly ApiClient[],
    readonly seriesId: string,
    private readonly name: string,
  ) {}

  /** @param name tells it from other workloads of the same tenant, in addresses for instance */
  static async begin(clients: readonly ApiClient[], name: string): Promise<Workload> {
    const series = await (clients[0] as ApiClient).post('/v1/series', { names: text(name), kind: 'exposition' });
    return new Workload(clients, String(series.id), name);
  }

  /** Until `isOver`, and at least once. */
  async go(isOver: () => boolean): Promise<void> {
    do await this.round();
    while (!isOver());
  }

  async round(): Promise<void> {
    const eventId = await this.#openEdition();
    await Promise.all([this.#signUps(eventId), this.#project(eventId), this.#agreement(eventId)]);
    for (const action of ['start', 'close']) await this.#next.post(`/v1/events/${eventId}/${action}`);
  }

  get #next(): ApiClient {
    this.#turn += 1;
    return this.clients[this.#turn % this.clients.length] as ApiClient;
  }

  async #openEdition(): Promise<string> {
    const { id: commitmentId } = await this.#next.post('/v1/commitments', {
      text: text('The next edition will be held in Korea'),
      modality: 'agreed',
      responsible: { completeness: 'exhaustive', items: [party('KR')] },
      due: { edtf: '2030' },
      expects: { kind: 'eventHeld', seriesId: this.seriesId, economy: 'KR' },
    });
    const edition = {
      names: text('Edition'),
      kind: 'exposition',
      seriesId: this.seriesId,
      fulfils: [{ commitmentId }],
      ...publishable,
    };
    const id = String((await this.#next.post('/v1/events', edition)).id);
    await this.#next.post(`/v1/events/${id}/publish`);
    await this.#next.post(`/v1/events/${id}/open`);
    await this.#next.post(`/v1/events/${id}/ticket-categories`, { code: 'buyer', quota: 500 });
    await until(
      () => this.#next.get(`/v1/events/${id}/availability`),
      ({ open }) => open === true,
      60_000,
    );
    return id;
  }

  async #signUps(eventId: string): Promise<void> {
    for (const notify of ['changes', 'none', 'none'] as const) {
      const number = (this.#people += 1);
      const { id } = await this.#next.post(`/v1/events/${eventId}/registrations`, {
        category: 'buyer',
        economy: 'KR',
        language: 'en',
        notify,
        externalRefs: [{ system: this.name, id: String(number) }],
        person: {
          name: { texts: { en: `Buyer ${number}` }, order: 'familyFirst' },
          email: `${this.name}-${number}@example.org`,
        },
      });
      this.acknowledged.registered += 1;
      if (notify === 'changes') this.acknowledged.mails += 1;
      if (number % 3 !== 0) continue;
      await this.#next.post(`/v1/registrations/${String(id)}/cancel`);
      this.acknowledged.cancelled += 1;
    }
  }

  async #project(eventId: string): Promise<void> {
    const { id } = await this.#next.post('/v1/projects', { names: text('Project'), economies: ['CN', 'KR'], eventId });
    await this.#next.post(`/v1/projects/${String(id)}/sign`);
    this.acknowledged.projects += 1;
  }

  async #agreement(eventId: string): Promise<void> {
    const { id } = await this.#next.post('/v1/agreements', {
      type: 'mou',
      titles: text('Memorandum'),
      parties: { completeness: 'exhaustive', items: [party('CN'), party('KR')] },
      eventId,
    });
    for (const action of ['negotiate', 'agree', 'sign'])
      await this.#next.post(`/v1/agreements/${String(id)}/${action}`);
    this.acknowledged.agreements += 1;
  }
}
