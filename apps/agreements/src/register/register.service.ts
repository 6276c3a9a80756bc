import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, notFound, type Page, paginate } from '@expo-accord/http';
import { Agreement } from '../agreements/agreement.entity';
import { AGREEMENTS } from '../agreements/agreement.service';
import { agreementView } from '../agreements/agreement.view';
import { Project } from '../projects/project.entity';
import { PROJECTS } from '../projects/project.service';
import { projectView } from '../projects/project.view';
import { PublicUrl } from '../recorded/public-url';
import {
  type RegisteredAgreement,
  type RegisteredAgreementFilter,
  type RegisteredProject,
  type RegisteredProjectFilter,
} from './register.dto';

/** What a tenant shows the world: agreements from agreed on that nobody keeps back, and projects. */
@Injectable()
export class Register {
  constructor(
    private readonly transactions: Transactions,
    private readonly urls: PublicUrl,
  ) {}

  async agreements({ tenantId }: Caller, filter: RegisteredAgreementFilter): Promise<Page<RegisteredAgreement>> {
    const { eventId, status, type } = filter;
    const query = this.transactions.manager
      .createQueryBuilder(Agreement, 'agreement')
      .where('agreement.tenantId = :tenantId AND agreement.disclosed', { tenantId });
    if (eventId !== undefined) query.andWhere('agreement.eventId = :eventId', { eventId });
    if (status !== undefined) query.andWhere('agreement.status = :status', { status });
    if (type !== undefined) query.andWhere(`agreement.content ->> 'type' = :type`, { type });
    const { items, nextCursor } = await paginate(query, filter);
    const shown = items.map((agreement): RegisteredAgreement => {
      const { actions, visibility, ...entry } = agreementView(agreement, this.urls.of(AGREEMENTS, agreement.id));
      return entry;
    });
    return { items: shown, nextCursor };
  }

  async projects({ tenantId }: Caller, filter: RegisteredProjectFilter): Promise<Page<RegisteredProject>> {
    const { eventId, status, industry } = filter;
    const query = this.transactions.manager
      .createQueryBuilder(Project, 'project')
      .where('project.tenantId = :tenantId', { tenantId });
    if (eventId !== undefined) query.andWhere('project.eventId = :eventId', { eventId });
    if (status !== undefined) query.andWhere('project.status = :status', { status });
    if (industry !== undefined) query.andWhere(`project.content ->> 'industry' = :industry`, { industry });
    const { items, nextCursor } = await paginate(query, filter);
    const shown = items.map((project): RegisteredProject => {
      const { actions, ...entry } = projectView(project, this.urls.of(PROJECTS, project.id));
      return entry;
    });
    return { items: shown, nextCursor };
  }

  /** A caller's own register; of another tenant's it learns nothing. */
  assertOf(caller: Caller, tenantId: string): void {
    if (caller.tenantId !== tenantId) throw notFound('register', tenantId);
  }
}
