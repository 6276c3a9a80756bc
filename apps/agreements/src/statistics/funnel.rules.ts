import { type ProjectStatus } from '../projects/project.rules';
import { type Counted, groupedBy, tally, type Tally, UNKNOWN } from './statistics.rules';

/** Projects that are alike in all that statistics tell apart. */
export interface ProjectCell extends Counted {
  status: ProjectStatus;
  stalledFrom: ProjectStatus | null;
  eventId: string | null;
}

/** How far a project comes, one stage after the other. */
export const stages = ['announced', 'signed', 'registered', 'underWay', 'operating'] as const satisfies ProjectStatus[];
type Stage = (typeof stages)[number];

export const funnelGroups = ['event', 'economy', 'industry'] as const;
export type FunnelGroup = (typeof funnelGroups)[number];

export interface StageTally {
  stage: Stage;
  /** Those that stand there now. */
  now: Tally;
  /** Those that have come so far, whether they went on, stand there or stalled there. */
  reached: Tally;
}

export interface Funnel {
  /** The event's id, the economy or the industry; `unknown` for projects without. */
  key: string;
  stages: StageTally[];
  /** Also among those that reached a stage, where it is known from which they stalled. */
  stalled: Tally;
  /** How far they had come nobody keeps. */
  cancelled: Tally;
}

/** What is of two economies stands in the funnel of both, so these do not add up. */
export function funnels(cells: readonly ProjectCell[], by: FunnelGroup): Funnel[] {
  const keysOf = {
    event: ({ eventId }: ProjectCell) => [eventId ?? UNKNOWN],
    economy: ({ economies }: ProjectCell) => (economies.length > 0 ? economies : [UNKNOWN]),
    industry: ({ group }: ProjectCell) => [group ?? UNKNOWN],
  };
  return [...groupedBy(cells, keysOf[by])].map(([key, members]) => ({
    key,
    stages: stages.map((stage, at) => ({
      stage,
      now: tally(members.filter(({ status }) => status === stage)),
      reached: tally(members.filter((cell) => reachedBy(cell) >= at)),
    })),
    stalled: tally(members.filter(({ status }) => status === 'stalled')),
    cancelled: tally(members.filter(({ status }) => status === 'cancelled')),
  }));
}

function reachedBy({ status, stalledFrom }: ProjectCell): number {
  return stages.findIndex((stage) => stage === (status === 'stalled' ? stalledFrom : status));
}
