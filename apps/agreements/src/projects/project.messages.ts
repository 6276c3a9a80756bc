import {
  projectAnnounced,
  projectCorrected,
  projectProgressed,
  projectRecorded,
  projectSigned,
  type ProjectBefore,
  type ProjectSnapshot,
} from '@expo-accord/contracts';
import { outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { changedPaths } from '../recorded/changed-paths';
import { messageBase } from '../recorded/recorded';
import { type Project } from './project.entity';
import { type ProjectAction } from './project.rules';
import { projectView, type ProjectView } from './project.view';

export interface ProjectNews {
  cause: ProjectAction | 'open' | 'record' | 'correct';
  previous: ProjectBefore | null;
  /** As it was answered before the change; left out for a new one. */
  before?: ProjectView;
  historical?: boolean;
}

export function projectMessage(project: Project, url: string, news: ProjectNews): OutgoingMessage {
  return outgoing(contractFor(project, news.cause), {
    aggregateId: project.id,
    tenantId: project.tenantId,
    data: snapshotOf(project, url, news),
  });
}

/** What statistics have counted of it so far. */
export function countedOf({ status, content, eventId }: Project): ProjectBefore {
  return { status, investment: content.investment ?? null, eventId, industry: content.industry ?? null };
}

function contractFor({ status }: Project, cause: ProjectNews['cause']): typeof projectSigned {
  if (cause === 'record') return projectRecorded;
  if (cause === 'correct') return projectCorrected;
  if (cause === 'sign') return projectSigned;
  if (cause === 'open') return status === 'signed' ? projectSigned : projectAnnounced;
  return projectProgressed;
}

function snapshotOf(project: Project, url: string, news: ProjectNews): ProjectSnapshot {
  const { cause, previous, before, historical } = news;
  const { signedOn, announcedOn, names } = project.content;
  const isSigning = cause === 'sign' || (cause !== 'correct' && project.status === 'signed');
  const isOpening = cause === 'open' || cause === 'record';
  const occurredOn = isSigning ? signedOn : isOpening ? (signedOn ?? announcedOn) : null;
  return {
    ...messageBase(project, url, { occurredOn, ...(historical === undefined ? {} : { historical }) }),
    projectId: project.id,
    names,
    economies: economiesOf(project),
    ...countedOf(project),
    previous,
    version: project.version,
    changed: changedPaths(before, projectView(project, url)),
  };
}

/** Those named as such and those of its parties, each once. */
export function economiesOf({ content }: Pick<Project, 'content'>): string[] {
  const ofParties = (content.parties?.items ?? []).flatMap(({ economy }) => economy ?? []);
  return [...new Set([...(content.economies ?? []), ...ofParties])];
}
