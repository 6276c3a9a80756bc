import { Injectable } from '@nestjs/common';
import { newId } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { ReminderPlans } from '../reminders/reminder-plan.service';
import { PublicUrl } from '../recorded/public-url';
import { touch, withoutEmpty } from '../recorded/recorded';
import { type CreateAssessment } from './commitment.dto';
import { type Commitment, CommitmentAssessment } from './commitment.entity';
import { commitmentMessage } from './commitment.messages';
import { COMMITMENTS, commitmentView } from './commitment.view';

/** Whose judgement it is: a key's, or what a consumer made of an event's messages. */
export type Assessor = Pick<Caller, 'tenantId' | 'keyId'>;

/** Judgements of commitments: each is added to those before it, noted, and told. */
@Injectable()
export class Assessments {
  constructor(
    private readonly audit: AuditTrail,
    private readonly plans: ReminderPlans,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  /**
   * @param commitment locked by the caller
   * @param eventId the event that it follows from; null where a person judged
   */
  async add(
    manager: EntityManager,
    by: Assessor,
    commitment: Commitment,
    { outcome, milestoneId = null, ...content }: CreateAssessment,
    eventId: string | null,
  ): Promise<CommitmentAssessment> {
    const url = this.urls.of(COMMITMENTS, commitment.id);
    const before = commitmentView(commitment, url);
    const assessment = manager.create(CommitmentAssessment, {
      id: newId(),
      tenantId: commitment.tenantId,
      commitmentId: commitment.id,
      milestoneId,
      outcome,
      eventId,
      content: withoutEmpty(content),
      createdAt: new Date(),
    });
    await manager.insert(CommitmentAssessment, assessment);
    if (milestoneId === null) commitment.assessment = outcome;
    else commitment.milestoneAssessments = { ...commitment.milestoneAssessments, [milestoneId]: outcome };
    touch(commitment);
    await manager.save(commitment);
    await this.plans.plan(manager, [commitment]);
    const after = commitmentView(commitment, url);
    const change = { resource: COMMITMENTS, resourceId: commitment.id, action: 'assessed', before, after };
    await this.audit.record(manager, by, [change]);
    if (commitment.disclosed) {
      const news = { what: 'assessed', occurredOn: content.assessedOn, milestoneId } as const;
      await this.outbox.append(manager, [commitmentMessage(commitment, url, news)]);
    }
    return assessment;
  }
}
