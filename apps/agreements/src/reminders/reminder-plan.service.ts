import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Commitment } from '../commitments/commitment.entity';
import { type Deadline, deadlineOf, dueSoonAtOf, remindersOf, usualLeadDays } from './due.rules';
import { type PlanBasis } from './reminder-basis';
import { stepsOf } from './steps';

/** Under these nobody owes anything any more; what expired was owed until then. */
const endedWithout = ['terminated', 'superseded', 'abandoned', 'withdrawn'];

/** Commitments beside what their plan has to rest on now: zone, lead times, and whether it is still owed. */
const basisNow = (where: string): string => `
  SELECT c.id, basis FROM commitment c
  LEFT JOIN event_copy e ON e.id = c.event_id
  LEFT JOIN agreement a ON a.id = c.agreement_id
  LEFT JOIN tenant_lead_times t ON t.tenant_id = c.tenant_id
  CROSS JOIN LATERAL jsonb_build_object(
    'zone', coalesce(c.content ->> 'dueZone', e.zone, 'UTC'),
    'leadDays', coalesce(nullif(c.content -> 'leadDays', 'null'), t.lead_days, $1::jsonb),
    'owed', coalesce(a.status <> ALL ($2), true)) AS basis
  WHERE ${where}`;

/** What is to be told of commitments, and when: planned with each change, told by the worker. */
@Injectable()
export class ReminderPlans {
  /** @param commitments saved, and locked by the caller */
  async plan(manager: EntityManager, commitments: readonly Commitment[]): Promise<void> {
    // Most commitments were never due at any time: nothing to read, nothing to write.
    await this.planAll(
      manager,
      commitments.filter((each) => each.plannedBy !== null || stepsOf(each).some(({ due }) => due)),
    );
  }

  /**
   * Plans anew where an event moved to another zone, a tenant changed its lead times or an agreement ended. Whoever
   * changes a commitment holds its row, and plans it.
   * @returns how many
   */
  async planDrifted(manager: EntityManager, atMost: number): Promise<number> {
    const drifted = await manager.query<{ id: string }[]>(
      `${basisNow(`(c.content ? 'due' OR c.content ? 'milestones') AND c.planned_by IS DISTINCT FROM basis`)}
       LIMIT $3 FOR UPDATE OF c SKIP LOCKED`,
      [JSON.stringify(usualLeadDays), endedWithout, atMost],
    );
    const commitments = await manager.findBy(Commitment, { id: In(drifted.map(({ id }) => id)) });
    await this.planAll(manager, commitments);
    return commitments.length;
  }

  private async planAll(manager: EntityManager, commitments: readonly Commitment[]): Promise<void> {
    if (commitments.length === 0) return;
    const rows = await manager.query<{ id: string; basis: PlanBasis }[]>(basisNow('c.id = ANY ($3)'), [
      JSON.stringify(usualLeadDays),
      endedWithout,
      commitments.map(({ id }) => id),
    ]);
    const bases = new Map(rows.map(({ id, basis }) => [id, basis]));
    for (const commitment of commitments) {
      const basis = bases.get(commitment.id);
      if (basis) await this.planBy(manager, commitment, basis);
    }
  }

  private async planBy(manager: EntityManager, commitment: Commitment, basis: PlanBasis): Promise<void> {
    const open = stepsOf(commitment)
      .filter((step) => basis.owed && step.isOpen)
      .flatMap((step) => {
        const deadline = deadlineOf(step.due, basis.zone);
        return deadline === null ? [] : [{ ...step, deadline }];
      });
    const own = open.find(({ id }) => id === commitment.id)?.deadline;
    commitment.plannedBy = basis;
    commitment.dueAt = own?.dueAt ?? null;
    commitment.dueSoonAt = own ? dueSoonAtOf(own, basis.leadDays) : null;
    await manager.query('UPDATE commitment SET planned_by = $2, due_at = $3, due_soon_at = $4 WHERE id = $1', [
      commitment.id,
      JSON.stringify(basis),
      commitment.dueAt,
      commitment.dueSoonAt,
    ]);
    await replaceUntold(manager, commitment.id, commitment.historical ? [] : open, basis.leadDays);
  }
}

/** What was told already stays, and is not told again. */
async function replaceUntold(
  manager: EntityManager,
  commitmentId: string,
  steps: readonly { id: string; deadline: Deadline }[],
  leadDays: readonly number[],
): Promise<void> {
  await manager.query('DELETE FROM commitment_reminder WHERE commitment_id = $1 AND announced_at IS NULL', [
    commitmentId,
  ]);
  const rows = steps.flatMap(({ id, deadline }) =>
    remindersOf(deadline, leadDays).map((reminder) => ({ stepId: id, ...deadline, ...reminder })),
  );
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO commitment_reminder (commitment_id, step_id, due_on, lead_days, due_at, at)
     SELECT $1, "stepId", "dueOn", "leadDays", "dueAt", at
     FROM jsonb_to_recordset($2::jsonb)
       AS planned ("stepId" uuid, "dueOn" date, "leadDays" int, "dueAt" timestamptz, at timestamptz)
     ON CONFLICT DO NOTHING`,
    [commitmentId, JSON.stringify(rows)],
  );
}
