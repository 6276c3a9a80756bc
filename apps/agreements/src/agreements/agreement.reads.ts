import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, notFound, type Page, paginate } from '@expo-accord/http';
import { PublicUrl } from '../recorded/public-url';
import { type AgreementFilter } from './agreement.dto';
import { Agreement } from './agreement.entity';
import { AGREEMENTS } from './agreement.service';
import { agreementView, type AgreementView } from './agreement.view';

@Injectable()
export class AgreementReads {
  constructor(
    private readonly transactions: Transactions,
    private readonly urls: PublicUrl,
  ) {}

  async one(caller: Caller, id: string): Promise<AgreementView> {
    const agreement = await this.transactions.manager.findOneBy(Agreement, { id, tenantId: caller.tenantId });
    if (!agreement) throw notFound('agreement', id);
    return this.view(agreement);
  }

  async list(caller: Caller, filter: AgreementFilter): Promise<Page<AgreementView>> {
    const { eventId, status, type } = filter;
    const query = this.transactions.manager
      .createQueryBuilder(Agreement, 'agreement')
      .where('agreement.tenantId = :tenantId', { tenantId: caller.tenantId });
    if (eventId !== undefined) query.andWhere('agreement.eventId = :eventId', { eventId });
    if (status !== undefined) query.andWhere('agreement.status = :status', { status });
    if (type !== undefined) query.andWhere(`agreement.content ->> 'type' = :type`, { type });
    const page = await paginate(query, filter);
    return { ...page, items: page.items.map((agreement) => this.view(agreement)) };
  }

  private view(agreement: Agreement): AgreementView {
    return agreementView(agreement, this.urls.of(AGREEMENTS, agreement.id));
  }
}
