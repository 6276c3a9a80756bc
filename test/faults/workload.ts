import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@expo-accord/database';
import { publishable } from '../support/publishable';
import { until } from '../support/until';
import { type Step, type Story, type StoryKind } from './history';
import { SeededRandom } from '../support/seeded-random';
import { type Json, type RecordedClient } from './recorded-client';

/** At once, each of them one after the other; together they leave a core to what they load. */
const actorCount = 8;
const breathMs = 20;
const importLines = 60;
const places = 1_000_000;

type Progress = readonly (readonly [action: string, status: string | null])[];

const ups: Progress = [
  ['suspend', 'suspended'],
  ['resume', 'inForce'],
];
const lives: Record<Exclude<StoryKind, 'registration'>, Progress> = {
  event: [
    ['publish', 'published'],
    ['open', 'open'],
    ['start', 'ongoing'],
    ['close', 'closed'],
  ],
  agreement: [
    ['negotiate', null],
    ['agree', 'agreed'],
    ['sign', 'signed'],
    ['enter-into-force', 'inForce'],
    ...ups,
    ...ups,
  ],
  project: [
    ['sign', 'signed'],
    ['register', 'registered'],
    ['start', 'underWay'],
    ['stall', 'stalled'],
    ['resume', 'underWay'],
    ['operate', 'operating'],
  ],
};
const collections = { registration: 'registrations', event: 'events', agreement: 'agreements', project: 'projects' };

/** An import as its client knows it; every line has an external id of its own. */
export interface ImportStory {
  readonly id: string | null;
  readonly lines: readonly string[];
}

/** What one tenant's people do all along: they sign up, import, hold events, and agree. Everything is written down. */
export class Workload {
  readonly stories: Story[] = [];
  readonly imports: ImportStory[] = [];
  #events: string[] = [];
  #marker = 0;
  #over = false;
  #actors: Promise<void>[] = [];

  constructor(
    private readonly name: string,
    private readonly client: RecordedClient,
    private readonly seed: number,
  ) {}

  /** Two events that people can sign up for. */
  async prepare(): Promise<void> {
    const random = new SeededRandom(this.seed);
    for (let count = 0; count < 2; count += 1) {
      const story = await this.#create(random, 'event', this.#eventBody(), null);
      for (const [action, status] of lives.event.slice(0, 2)) await this.#take(random, story, action, status);
      const { id } = story;
      if (id === null) throw new Error('The workload has no event to begin with');
      await until(
        () => this.client.get(`events/${id}/availability`),
        ({ open }) => open === true,
        60_000,
      );
      await this.client.post(random, `events/${id}/ticket-categories`, { code: 'visitor', quota: places });
      this.#events.push(id);
    }
  }

  start(): void {
    this.client.mayGiveUp = true;
    this.#actors = Array.from({ length: actorCount }, (_, actor) =>
      this.#act(new SeededRandom(this.seed * actorCount + actor + 1)),
    );
  }

  /** Begins nothing new, and waits for what is under way. */
  async finish(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#actors);
  }

  async #act(random: SeededRandom): Promise<void> {
    while (!this.#over) {
      const dice = random.next();
      if (dice < 0.7) await this.#signUp(random);
      else if (dice < 0.75) await this.#import(random);
      else if (dice < 0.85) await this.#live(random, 'agreement', this.#agreementBody(), null);
      else if (dice < 0.95) await this.#live(random, 'project', this.#projectBody(random), 'announced');
      else await this.#live(random, 'event', this.#eventBody(), null);
    }
  }

  async #signUp(random: SeededRandom): Promise<void> {
    const marker = this.#nextMarker();
    const body = {
      marker,
      category: 'visitor',
      economy: random.pick(['CN', 'JP', 'KR']),
      person: { name: { texts: { en: `Visitor ${marker}` }, order: 'givenFirst' }, email: `${marker}@example.org` },
      organization: { name: marker },
      ...(random.chance(0.25) ? { notify: 'changes', language: 'en' } : {}),
    };
    const story = await this.#create(
      random,
      'registration',
      body,
      'confirmed',
      `events/${random.pick(this.#events)}/registrations`,
    );
    if (random.chance(0.3)) await this.#take(random, story, 'cancel', 'cancelled');
    else if (random.chance(0.4)) await this.#take(random, story, 'check-in', 'checkedIn');
  }

  async #import(random: SeededRandom): Promise<void> {
    const marker = this.#nextMarker();
    const lines = Array.from({ length: importLines }, (_, index) => `${marker}-${index}`);
    const body = lines.map((id) => {
      const person = { name: { texts: { en: `Visitor ${id}` }, order: 'givenFirst' }, email: `${id}@example.org` };
      return JSON.stringify({ category: 'visitor', economy: 'KR', person, externalRefs: [{ system: 'faults', id }] });
    });
    const path = `events/${random.pick(this.#events)}/imports?onExisting=skip&notify=none&historical=false`;
    const answer = await this.client.post(random, path, `${body.join('\n')}\n`);
    this.imports.push({ id: answer === null ? null : String(answer.id), lines });
    await delay(breathMs);
  }

  /** From its creation as far as chance takes it. */
  async #live(
    random: SeededRandom,
    kind: Exclude<StoryKind, 'registration'>,
    body: Json & { marker: string },
    status: string | null,
  ): Promise<void> {
    const story = await this.#create(random, kind, body, status);
    const length = random.between(1, lives[kind].length);
    for (const [action, next] of lives[kind].slice(0, length)) {
      if (this.#over) return;
      await this.#take(random, story, action, next);
    }
  }

  async #create(
    random: SeededRandom,
    kind: StoryKind,
    { marker, ...body }: Json & { marker: string },
    status: string | null,
    path: string = collections[kind],
  ): Promise<OpenStory> {
    const answer = await this.client.post(random, path, body);
    const id = answer === null ? null : String(answer.id);
    const story: OpenStory = { kind, marker, id, steps: [{ status, isAnswered: answer !== null }] };
    this.stories.push(story);
    await delay(breathMs);
    return story;
  }

  /** One step further; none after one of which nobody knows whether it was taken. */
  async #take(random: SeededRandom, story: OpenStory, action: string, status: string | null): Promise<void> {
    if (story.id === null || story.steps.some(({ isAnswered }) => !isAnswered)) return;
    const answer = await this.client.post(random, `${collections[story.kind]}/${story.id}/${action}`);
    story.steps.push({ status, isAnswered: answer !== null });
    await delay(breathMs);
  }

  #nextMarker(): string {
    this.#marker += 1;
    return `${this.name}-${this.#marker}`;
  }

  #eventBody(): Json & { marker: string } {
    const marker = this.#nextMarker();
    return {
      marker,
      names: { original: 'en', texts: { en: marker } },
      kind: 'exposition',
      ...publishable,
      economies: ['CN', 'KR'],
      fulfils: [{ commitmentId: newId() }],
      registrationWindow: { opens: { local: '2020-01-01T00:00', zone: 'Asia/Seoul' } },
    };
  }

  #agreementBody(): Json & { marker: string } {
    const marker = this.#nextMarker();
    const party = (economy: string): Json => ({
      economy,
      name: { original: 'en', texts: { en: `Port of ${economy}` } },
      role: 'party',
    });
    return {
      marker,
      type: 'mou',
      titles: { original: 'en', texts: { en: marker } },
      parties: { completeness: 'exhaustive', items: [party('CN'), party('KR')] },
      eventId: this.#events[0],
    };
  }

  #projectBody(random: SeededRandom): Json & { marker: string } {
    const marker = this.#nextMarker();
    return {
      marker,
      names: { original: 'en', texts: { en: marker } },
      industry: 'automobiles',
      economies: ['CN', 'KR'],
      investment: { qualifier: 'exact', value: String(random.between(1, 1_000_000)), currency: 'CNY' },
      eventId: this.#events[1],
    };
  }
}

type OpenStory = Omit<Story, 'steps'> & { readonly steps: Step[] };
