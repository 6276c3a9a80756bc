import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, requireScope } from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager, In } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { IllegalStep } from '../lifecycle/lifecycle.rules';
import { PublicUrl } from '../recorded/public-url';
import { touch } from '../recorded/recorded';
import { Project } from './project.entity';
import { countedOf, projectMessage } from './project.messages';
import { actionsOpenTo, type ProjectAction, statusAfterAction } from './project.rules';
import { PROJECTS } from './project.service';
import { type ProjectStepOutcome, type ProjectStepsAnswer, type ProjectStepsBody } from './project-steps.dto';
import { projectView, type ProjectView } from './project.view';

/** The same step for many projects: with the same effect as one by one, in a handful of statements. */
@Injectable()
export class ProjectSteps {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  async take(
    caller: Caller,
    action: ProjectAction,
    body: ProjectStepsBody,
    dryRun: boolean,
  ): Promise<ProjectStepsAnswer> {
    if (body.historical) requireScope(caller, 'history:write');
    const work = async (manager: EntityManager): Promise<ProjectStepsAnswer> => ({
      items: await this.takeAll(manager, caller, action, body),
    });
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  private async takeAll(
    manager: EntityManager,
    caller: Caller,
    action: ProjectAction,
    body: ProjectStepsBody,
  ): Promise<ProjectStepOutcome[]> {
    // Locked in one order, so that two calls never wait for each other.
    const projects = await manager.find(Project, {
      where: { tenantId: caller.tenantId, id: In(body.ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const taken = projects.flatMap((project) => {
      const before = this.view(project);
      const previous = countedOf(project);
      return takeStep(project, action, body) ? [{ project, before, previous }] : [];
    });
    if (taken.length > 0)
      await keep(
        manager,
        taken.map(({ project }) => project),
      );
    const reason = body.reason ?? null;
    const changes = taken.map(({ project, before }) => ({
      ...{ resource: PROJECTS, resourceId: project.id, action, reason, before },
      after: this.view(project),
    }));
    await this.audit.record(manager, caller, changes);
    const { historical = false } = body;
    const messages = taken.map(({ project, ...was }) =>
      projectMessage(project, this.urls.of(PROJECTS, project.id), { cause: action, ...was, historical }),
    );
    await this.outbox.append(manager, messages);
    const known = new Map(projects.map((project) => [project.id, project]));
    const done = new Set(taken.map(({ project }) => project.id));
    return body.ids.map((id) => outcomeOf(id, known.get(id), done.has(id)));
  }

  private view(project: Project): ProjectView {
    return projectView(project, this.urls.of(PROJECTS, project.id));
  }
}

/** False when the step is not possible; then nothing has changed. */
function takeStep(project: Project, action: ProjectAction, { on }: ProjectStepsBody): boolean {
  const from = project.status;
  try {
    project.status = statusAfterAction(action, from, project);
  } catch (error) {
    if (error instanceof IllegalStep) return false;
    throw error;
  }
  project.stalledFrom = action === 'stall' ? from : null;
  if (action === 'sign' && on) project.content = { ...project.content, signedOn: on };
  touch(project);
  return true;
}

async function keep(manager: EntityManager, projects: readonly Project[]): Promise<void> {
  await manager.query(
    `UPDATE project AS p SET status = n.status, stalled_from = n."stalledFrom", content = n.content,
       version = n.version, updated_at = n."updatedAt"
     FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, status text, "stalledFrom" text, content jsonb, version integer,
       "updatedAt" timestamptz)
     WHERE p.id = n.id`,
    [JSON.stringify(projects)],
  );
}

function outcomeOf(id: string, project: Project | undefined, isDone: boolean): ProjectStepOutcome {
  if (project === undefined) {
    return { id, outcome: 'refused', code: 'project-not-found', status: null, version: null, actions: [] };
  }
  const { status, version } = project;
  const code = isDone ? null : 'action-not-allowed';
  return { id, outcome: isDone ? 'done' : 'refused', code, status, version, actions: actionsOpenTo(status, project) };
}
