import { type ApiClient, type Json } from '../api-client';
import { type Progress } from '../progress';
import { Recorder } from '../recorder';
import { waitUntil } from '../wait-until';
import { editionCount, recordEditions, recordSeries, signUpsPerEdition, type SimulatedEdition } from './editions';
import { simulatedProjects } from './projects';
import { signUpLines, type SignUpRange } from './sign-ups';

/** Of the open edition's sign-ups so many ask for a mail, and so many are scanned at the door, whose scanner was offline. */
export const mailsAskedFor = 12;
export const checkedInAtTheDoor = 100;

const system = 'simulation';
const lineOutcomes = ['created', 'unchanged', 'updated', 'waitlisted', 'erased', 'refused'];
const categories = ['visitor', 'buyer', 'exhibitor', 'delegate', 'press', 'vip'];

export interface Simulation {
  seriesId: string;
  /** Outcomes over all import files: created, unchanged... */
  outcomes: Record<string, number>;
}

export async function simulate(api: ApiClient, progress: Progress): Promise<Simulation> {
  const record = new Recorder(api, system);
  const seriesId = await recordSeries(record);
  const editions = await recordEditions(record, seriesId);
  const outcomes: Record<string, number> = {};
  for (const edition of editions) {
    if (!edition.past) await openForRegistration(api, edition.id);
    await prepareTickets(api, edition.id);
    const title = `Edition ${edition.number} of ${editionCount}: ${signUpsPerEdition.toLocaleString('en')} sign-ups`;
    await progress.step(title, async (report) => {
      for (const part of filesOf(edition)) add(outcomes, await importSignUps(api, edition, part, report));
    });
  }
  const open = editions.find((edition) => !edition.past);
  if (open === undefined) throw new Error('The simulation has no open edition');
  await progress.step(`${checkedInAtTheDoor} people checked in at the door`, () => checkInAtTheDoor(api, open));
  await progress.step('191 projects announced and signed', () => signProjects(api, editions));
  await progress.step('A memorandum negotiated, agreed and signed', () => signMemorandum(record, api, open.id));
  return { seriesId, outcomes };
}

interface SignUpFile extends SignUpRange {
  notify: 'none' | 'changes';
}

function filesOf({ number, past }: SimulatedEdition): SignUpFile[] {
  const whole = { edition: number, from: 0, to: signUpsPerEdition, past, notify: 'none' } as const;
  if (past) return [whole];
  return [
    { ...whole, to: mailsAskedFor, notify: 'changes' },
    { ...whole, from: mailsAskedFor },
  ];
}

async function openForRegistration(api: ApiClient, eventId: string): Promise<void> {
  for (const [action, before] of [
    ['publish', 'draft'],
    ['open', 'published'],
  ]) {
    const { status } = await api.get(`/v1/events/${eventId}`);
    if (status === before) await api.post(`/v1/events/${eventId}/${String(action)}`);
  }
  await waitUntil(
    `registrations to hear that ${eventId} is open`,
    () => api.get(`/v1/events/${eventId}/availability`),
    ({ open }) => open === true,
  );
}

async function prepareTickets(api: ApiClient, eventId: string): Promise<void> {
  const known = new Set<unknown>();
  for await (const category of api.list(`/v1/events/${eventId}/ticket-categories`)) known.add(category.code);
  for (const code of categories.filter((one) => !known.has(one))) {
    await api.post(`/v1/events/${eventId}/ticket-categories`, { code, quota: signUpsPerEdition });
  }
}

async function importSignUps(
  api: ApiClient,
  edition: SimulatedEdition,
  file: SignUpFile,
  report: (done: number, of: number) => void,
): Promise<Record<string, number>> {
  const query = `onExisting=skip&notify=${file.notify}&historical=${String(edition.past)}`;
  const job = await api.postLines(`/v1/events/${edition.id}/imports?${query}`, () => signUpLines(file));
  const done = await finished(api, `/v1/imports/${String(job.id)}`, report);
  return Object.fromEntries(lineOutcomes.map((outcome) => [outcome, Number(done[outcome])]));
}

async function finished(api: ApiClient, path: string, report: (done: number, of: number) => void): Promise<Json> {
  const job = await waitUntil(
    `the import at ${path}`,
    async () => {
      const answer = await api.get(path);
      report(
        lineOutcomes.reduce((sum, outcome) => sum + Number(answer[outcome]), 0),
        Number(answer.lines),
      );
      return answer;
    },
    ({ status }) => !['receiving', 'queued', 'running'].includes(String(status)),
    300_000,
  );
  if (job.status !== 'done') throw new Error(`The import at ${path} ended as ${JSON.stringify(job)}`);
  return job;
}

/** The first who signed up, in one batch. A simulation that runs again sends the same scans again. */
async function checkInAtTheDoor(api: ApiClient, edition: SimulatedEdition): Promise<void> {
  const first = await api.get(`/v1/events/${edition.id}/registrations?limit=${checkedInAtTheDoor}`);
  const scans = (first.items as Json[]).map(({ id, createdAt }) => {
    return { scanId: `door-${String(id)}`, registrationId: id, scannedAt: createdAt, gate: 'door' };
  });
  const { items } = await api.post(`/v1/events/${edition.id}/check-ins/batch`, { scans });
  const turnedAway = (items as Json[]).filter(({ outcome }) => outcome !== 'entered');
  if (turnedAway.length > 0) throw new Error(`Nobody was let in with ${JSON.stringify(turnedAway[0])}`);
}

/** Those of past editions come in a file, as history; those of the open edition are announced and signed one by one. */
async function signProjects(api: ApiClient, editions: SimulatedEdition[]): Promise<void> {
  const projects = simulatedProjects();
  const at = (index: number): SimulatedEdition => {
    const edition = editions[index % editionCount];
    if (edition === undefined) throw new Error('There are fewer editions than announced');
    return edition;
  };
  const past = projects.flatMap((project, index) =>
    at(index).past ? [JSON.stringify({ ...project, eventId: at(index).id, status: 'signed', historical: true })] : [],
  );
  const job = await api.postLines('/v1/projects/imports?onExisting=skip', () => past);
  await finished(api, `/v1/project-imports/${String(job.id)}`, () => undefined);
  const record = new Recorder(api, system);
  for (const [index, { externalRefs, ...project }] of projects.entries()) {
    const edition = at(index);
    if (edition.past) continue;
    const id = await record.record('projects', String(externalRefs[0]?.id), { ...project, eventId: edition.id });
    const { status } = await api.get(`/v1/projects/${id}`);
    if (status === 'announced') await api.post(`/v1/projects/${id}/sign`);
  }
}

async function signMemorandum(record: Recorder, api: ApiClient, eventId: string): Promise<void> {
  const party = (economy: string, text: string): Record<string, unknown> => ({
    name: { original: 'en', texts: { en: text } },
    economy,
    role: 'party',
    signatory: { person: null },
  });
  const id = await record.record('agreements', 'memorandum', {
    type: 'mou',
    titles: { original: 'en', texts: { en: 'Memorandum on simulated cooperation', ko: '모의 협력 양해각서' } },
    parties: {
      completeness: 'exhaustive',
      items: [party('CN', 'Simulated bureau of commerce'), party('KR', 'Simulated trade agency')],
    },
    amounts: [{ qualifier: 'approx', value: '1500000000', currency: 'KRW' }],
    eventId,
  });
  for (const [action, before] of [
    ['negotiate', 'draft'],
    ['agree', 'negotiating'],
    ['sign', 'agreed'],
  ]) {
    const { status } = await api.get(`/v1/agreements/${id}`);
    if (status === before) await api.post(`/v1/agreements/${id}/${String(action)}`);
  }
}

function add(totals: Record<string, number>, more: Record<string, number>): void {
  for (const [outcome, count] of Object.entries(more)) totals[outcome] = (totals[outcome] ?? 0) + count;
}
