import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  assertVersion,
  type Caller,
  invalidField,
  notFound,
  type Page,
  paginate,
  requireScope,
} from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { IllegalStep } from '../lifecycle/lifecycle.rules';
import { patchedFacts } from '../recorded/patched-facts';
import { PublicUrl } from '../recorded/public-url';
import { contentOf, openRecord, touch } from '../recorded/recorded';
import { type CreateProject, type ProjectActionBody, ProjectFacts, type ProjectFilter } from './project.dto';
import { Project } from './project.entity';
import { countedOf, projectMessage, type ProjectNews } from './project.messages';
import { openingStatuses, type ProjectAction, statusAfterAction } from './project.rules';
import { projectView, type ProjectView } from './project.view';

export const PROJECTS = 'projects';

/** Entering projects one by one and taking them through their life. */
@Injectable()
export class Projects {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  async create(caller: Caller, body: CreateProject): Promise<ProjectView> {
    const { status = 'announced', historical = false, ...facts } = body;
    if (historical) requireScope(caller, 'history:write');
    else if (!openingStatuses.includes(status)) {
      throw invalidField('/status', 'status-needs-history', 'Only what is historical starts later than at signed.');
    }
    return this.transactions.run(async (manager) => {
      const synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      const project = manager.create(Project, {
        ...openRecord(caller.tenantId, facts, { synthetic, historical }),
        status,
        stalledFrom: null,
        content: contentOf(facts),
      });
      await manager.insert(Project, project);
      await this.refs.claim(manager, PROJECTS, [project]);
      const view = await this.noted(manager, caller, project, { action: 'created', before: null });
      await this.tell(manager, project, { cause: historical ? 'record' : 'open', previous: null });
      return view;
    });
  }

  /** One step of its life. With `dryRun` the answer is the same and nothing stays. */
  async act(
    caller: Caller,
    id: string,
    action: ProjectAction,
    body: ProjectActionBody,
    dryRun: boolean,
  ): Promise<ProjectView> {
    if (body.historical) requireScope(caller, 'history:write');
    const work = async (manager: EntityManager): Promise<ProjectView> => {
      const project = await this.locked(manager, caller, id);
      const before = this.view(project);
      const previous = countedOf(project);
      takeStep(project, action);
      if (action === 'sign' && body.on) project.content = { ...project.content, signedOn: body.on };
      touch(project);
      await manager.save(project);
      const view = await this.noted(manager, caller, project, { action, reason: body.reason ?? null, before });
      await this.tell(manager, project, { cause: action, previous, before, historical: body.historical ?? false });
      return view;
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  async change(caller: Caller, id: string, version: number, patch: object): Promise<ProjectView> {
    return this.transactions.run(async (manager) => {
      const project = await this.locked(manager, caller, id);
      assertVersion(project.version, version);
      const before = this.view(project);
      const previous = countedOf(project);
      const facts = patchedFacts(ProjectFacts, project, project.content, patch);
      project.synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      project.eventId = facts.eventId ?? null;
      project.externalRefs = facts.externalRefs ?? [];
      project.content = contentOf(facts);
      touch(project);
      await manager.save(project);
      await this.refs.replace(manager, PROJECTS, project);
      const view = await this.noted(manager, caller, project, { action: 'changed', before });
      await this.tell(manager, project, { cause: 'correct', previous, before });
      return view;
    });
  }

  async one(caller: Caller, id: string): Promise<ProjectView> {
    const project = await this.transactions.manager.findOneBy(Project, { id, tenantId: caller.tenantId });
    if (!project) throw notFound('project', id);
    return this.view(project);
  }

  async list(caller: Caller, filter: ProjectFilter): Promise<Page<ProjectView>> {
    const { eventId, status, industry } = filter;
    const query = this.transactions.manager
      .createQueryBuilder(Project, 'project')
      .where('project.tenantId = :tenantId', { tenantId: caller.tenantId });
    if (eventId !== undefined) query.andWhere('project.eventId = :eventId', { eventId });
    if (status !== undefined) query.andWhere('project.status = :status', { status });
    if (industry !== undefined) query.andWhere(`project.content ->> 'industry' = :industry`, { industry });
    const page = await paginate(query, filter);
    return { ...page, items: page.items.map((project) => this.view(project)) };
  }

  private async locked(manager: EntityManager, caller: Caller, id: string): Promise<Project> {
    const where = { id, tenantId: caller.tenantId };
    const project = await manager.findOne(Project, { where, lock: { mode: 'pessimistic_write' } });
    if (!project) throw notFound('project', id);
    return project;
  }

  private async tell(manager: EntityManager, project: Project, news: ProjectNews): Promise<void> {
    await this.outbox.append(manager, [projectMessage(project, this.urls.of(PROJECTS, project.id), news)]);
  }

  private async noted(
    manager: EntityManager,
    caller: Caller,
    project: Project,
    change: { action: string; reason?: string | null; before: ProjectView | null },
  ): Promise<ProjectView> {
    const after = this.view(project);
    await this.audit.record(manager, caller, [{ resource: PROJECTS, resourceId: project.id, ...change, after }]);
    return after;
  }

  private view(project: Project): ProjectView {
    return projectView(project, this.urls.of(PROJECTS, project.id));
  }
}

function takeStep(project: Project, action: ProjectAction): void {
  const from = project.status;
  try {
    project.status = statusAfterAction(action, from, project);
  } catch (error) {
    if (error instanceof IllegalStep) throw actionNotAllowed(error.action, error.status, error.allowedActions);
    throw error;
  }
  project.stalledFrom = action === 'stall' ? from : null;
}
