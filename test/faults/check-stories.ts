import { grouped } from './grouped';
import { type Finding, firstOccurrences, type Kept, type Said, type Story } from './history';

/** The aggregates' names in `ce_source`. */
const paths = { registration: 'registrations', agreement: 'agreements', project: 'projects', event: 'events' } as const;

/**
 * What was answered has happened, once; what was not answered has happened once or not at all; and nothing has happened
 * that nobody asked for. Both in the owner's tables and in what Kafka was told, step by step.
 */
export function checkStories(stories: readonly Story[], kept: readonly Kept[], said: readonly Said[]): Finding[] {
  const byMarker = grouped(kept, nameOf);
  const told = grouped(firstOccurrences(said), ({ source }) => source);
  const asked = new Set(stories.map(nameOf));
  return [
    ...stories.flatMap((story) => {
      const rows = byMarker.get(nameOf(story)) ?? [];
      const [row] = rows;
      return [
        ...existenceFindings(story, rows),
        ...(row === undefined ? [] : stepFindings(story, row, told.get(sourceOf(row)) ?? [])),
      ];
    }),
    ...kept
      .filter((row) => !asked.has(nameOf(row)))
      .map((row): Finding => ({ kind: 'difference', about: sourceOf(row), detail: 'nobody asked for it' })),
  ];
}

function nameOf({ kind, marker }: Pick<Story, 'kind' | 'marker'>): string {
  return `${kind} ${marker}`;
}

function sourceOf({ kind, id }: Kept): string {
  return `/${paths[kind]}/${id}`;
}

function existenceFindings(story: Story, rows: readonly Kept[]): Finding[] {
  const about = story.id === null ? nameOf(story) : sourceOf({ ...story, id: story.id });
  if (rows.length > 1) {
    const detail = `was asked for once and is there as ${rows.map(({ id }) => id).join(' and ')}`;
    return [{ kind: 'double', about, detail }];
  }
  const [row] = rows;
  if (row === undefined) {
    return story.steps[0]?.isAnswered === true
      ? [{ kind: 'loss', about, detail: 'was acknowledged and is not there' }]
      : [];
  }
  return story.id === null || story.id === row.id
    ? []
    : [{ kind: 'difference', about, detail: `was acknowledged under this id, and is there as ${row.id}` }];
}

function stepFindings({ steps }: Story, row: Kept, said: readonly Said[]): Finding[] {
  const about = sourceOf(row);
  const told = said.map(({ text }) => (JSON.parse(text ?? '{}') as { status?: string }).status ?? '');
  const expected = steps.filter(({ status, isAnswered }) => isAnswered && status !== null).map(({ status }) => status);
  const last = steps.at(-1);
  const mayBe = last?.isAnswered === false && last.status !== null ? [...expected, last.status] : expected;
  const isAsExpected = [expected, mayBe].some((statuses) => statuses.join() === told.join());
  if (isAsExpected) return [];
  const kind = told.length < expected.length ? 'loss' : told.length > mayBe.length ? 'double' : 'reordering';
  const detail = `was taken to ${mayBe.join(', ')}, and Kafka was told ${told.join(', ')}`;
  return [{ kind, about, detail }];
}
