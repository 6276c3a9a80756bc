import { Injectable } from '@nestjs/common';
import { eventNotYetKnown, readFlag } from '@expo-accord/http';
import { Outbox, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager, In } from 'typeorm';
import { AuditTrail, type Change } from '../audit/audit-trail.service';
import { EventCopies, syntheticContradicts } from '../events/event-copies.service';
import { type EventCopy } from '../events/event-copy.entity';
import { ExternalRefs, refKey } from '../external-refs/external-refs.service';
import { type EnteredLine, type OnExisting } from '../imports/import.entity';
import { refuseLine } from '../imports/import-lines';
import { decideOnExisting, joinRefs } from '../imports/import.rules';
import { type Enterer, type Importer, type ReadLine } from '../imports/importer';
import { PublicUrl } from '../recorded/public-url';
import { contentOf, openRecord, touch } from '../recorded/recorded';
import { CreateProject } from './project.dto';
import { Project } from './project.entity';
import { countedOf, projectMessage, type ProjectNews } from './project.messages';
import { actionBetween, openingStatuses } from './project.rules';
import { PROJECTS } from './project.service';
import { projectView } from './project.view';

/** What one batch has found and decided so far; written at its end in a handful of statements. */
interface Batch {
  caller: Enterer;
  onExisting: OnExisting;
  events: Map<string, EventCopy>;
  byRef: Map<string, Project>;
  created: Project[];
  updated: Set<Project>;
  changes: Change[];
  messages: OutgoingMessage[];
}

/** Entering many projects at once, with the same effect as one by one. */
@Injectable()
export class ProjectBatches implements Importer<CreateProject> {
  readonly shape = {
    body: CreateProject,
    readers: { historical: readFlag, synthetic: readFlag, 'investment.inclusive': readFlag },
  };

  constructor(
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  /** One result per line, in the order of the lines. */
  async enter(
    manager: EntityManager,
    caller: Enterer,
    onExisting: OnExisting,
    lines: readonly ReadLine<CreateProject>[],
  ): Promise<EnteredLine[]> {
    const batch = await this.open(manager, caller, onExisting, lines);
    const results = lines.map((line) => ('refused' in line ? line.refused : this.settle(manager, batch, line)));
    if (batch.created.length > 0) await manager.insert(Project, batch.created);
    const updated = [...batch.updated].filter((project) => !batch.created.includes(project));
    if (updated.length > 0) await manager.save(updated);
    await this.refs.claim(manager, PROJECTS, [...batch.created, ...updated]);
    await this.audit.record(manager, caller, batch.changes);
    if (batch.messages.length > 0) await this.outbox.append(manager, batch.messages);
    return results;
  }

  private async open(
    manager: EntityManager,
    caller: Enterer,
    onExisting: OnExisting,
    lines: readonly ReadLine<CreateProject>[],
  ): Promise<Batch> {
    const bodies = lines.flatMap((line) => ('body' in line ? [line.body] : []));
    const eventIds = [...new Set(bodies.flatMap(({ eventId }) => eventId ?? []))];
    const sent = bodies.flatMap(({ externalRefs }) => externalRefs ?? []);
    const owners = await this.refs.owners(manager, PROJECTS, caller.tenantId, sent);
    const projects = await manager.find(Project, {
      where: { tenantId: caller.tenantId, id: In([...new Set(owners.values())]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const byId = new Map(projects.map((project) => [project.id, project]));
    const known = [...owners].flatMap(([key, id]): [string, Project][] => {
      const project = byId.get(id);
      return project ? [[key, project]] : [];
    });
    const events = await this.events.byId(manager, caller.tenantId, eventIds);
    const nothing = { created: [], updated: new Set<Project>(), changes: [], messages: [] };
    return { caller, onExisting, events, byRef: new Map(known), ...nothing };
  }

  private settle(
    manager: EntityManager,
    batch: Batch,
    { line, body }: { line: number; body: CreateProject },
  ): EnteredLine {
    const sent = body.externalRefs ?? [];
    const refuse = (code: string, pointer: string, detail: string): EnteredLine =>
      refuseLine(line, code, [{ pointer, code, detail }], sent);
    const event = body.eventId ? batch.events.get(body.eventId) : undefined;
    if (body.eventId && !event) {
      const { code, detail } = eventNotYetKnown(body.eventId);
      return refuse(code, '/eventId', detail);
    }
    if (event && body.synthetic !== undefined && body.synthetic !== event.synthetic) {
      return refuse('synthetic-contradicts-event', '/synthetic', syntheticContradicts(event.synthetic));
    }
    const owners = new Set(sent.flatMap((ref) => batch.byRef.get(refKey(ref)) ?? []));
    const [existing, another] = owners;
    if (another) return refuse('external-ref-taken', '/externalRefs', 'The codes belong to different projects.');
    const answer = (outcome: EnteredLine['outcome'], project: Project): EnteredLine => ({
      line,
      externalRefs: project.externalRefs,
      outcome,
      code: null,
      id: project.id,
    });
    if (!existing) {
      if (!body.historical && !openingStatuses.includes(body.status ?? 'announced')) {
        return refuse('status-needs-history', '/status', 'Only what is historical starts later than at signed.');
      }
      return answer('created', this.create(manager, batch, body, event?.synthetic ?? body.synthetic ?? false));
    }
    const next = {
      status: body.status ?? existing.status,
      eventId: body.eventId ?? null,
      content: contentOf(body, 'status', 'historical'),
      externalRefs: joinRefs(existing.externalRefs, sent),
    };
    // A line of history may set any status.
    const step = () => (body.historical ? null : actionBetween(existing.status, next.status, existing));
    const decision = decideOnExisting('project', batch.onExisting, existing, next, step);
    if (decision.outcome === 'refused') return refuse(decision.code, '', decision.detail);
    if (decision.outcome === 'updated') {
      const synthetic = event?.synthetic ?? body.synthetic ?? existing.synthetic;
      const action = decision.corrects ? null : decision.action;
      this.update(batch, existing, { ...next, synthetic }, action ?? 'correct');
    }
    return answer(decision.outcome, existing);
  }

  private create(manager: EntityManager, batch: Batch, body: CreateProject, synthetic: boolean): Project {
    const { status = 'announced', historical = false, ...facts } = body;
    const project = manager.create(Project, {
      ...openRecord(batch.caller.tenantId, facts, { synthetic, historical }),
      status,
      stalledFrom: null,
      content: contentOf(facts),
    });
    batch.created.push(project);
    this.note(
      batch,
      project,
      { action: 'created', before: null },
      { cause: historical ? 'record' : 'open', previous: null },
    );
    return project;
  }

  private update(batch: Batch, project: Project, next: Partial<Project>, cause: ProjectNews['cause']): void {
    const before = this.view(project);
    const previous = countedOf(project);
    const stalledFrom = next.status === 'stalled' ? (project.stalledFrom ?? project.status) : null;
    Object.assign(project, next, { stalledFrom });
    touch(project);
    batch.updated.add(project);
    this.note(batch, project, { action: cause === 'correct' ? 'changed' : cause, before }, { cause, previous, before });
  }

  private note(batch: Batch, project: Project, change: Pick<Change, 'action' | 'before'>, news: ProjectNews): void {
    for (const ref of project.externalRefs) batch.byRef.set(refKey(ref), project);
    batch.changes.push({ resource: PROJECTS, resourceId: project.id, ...change, after: this.view(project) });
    batch.messages.push(projectMessage(project, this.urls.of(PROJECTS, project.id), news));
  }

  private view(project: Project): ReturnType<typeof projectView> {
    return projectView(project, this.urls.of(PROJECTS, project.id));
  }
}
