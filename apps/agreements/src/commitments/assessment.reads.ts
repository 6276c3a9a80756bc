import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, notFound, type Page, paginate } from '@expo-accord/http';
import { type AssessmentQuery } from './commitment.dto';
import { Commitment, CommitmentAssessment } from './commitment.entity';
import { type AssessmentView, assessmentView } from './commitment.view';

@Injectable()
export class AssessmentReads {
  constructor(private readonly transactions: Transactions) {}

  async one({ tenantId }: Caller, id: string): Promise<AssessmentView> {
    const assessment = await this.transactions.manager.findOneBy(CommitmentAssessment, { id, tenantId });
    if (!assessment) throw notFound('assessment', id);
    return assessmentView(assessment);
  }

  /** Oldest first. None ever changes, so what changed since an instant is what was added. */
  async ofCommitment({ tenantId }: Caller, id: string, query: AssessmentQuery): Promise<Page<AssessmentView>> {
    const { changedSince, ...page } = query;
    const { manager } = this.transactions;
    if (!(await manager.existsBy(Commitment, { id, tenantId }))) throw notFound('commitment', id);
    const assessments = manager
      .createQueryBuilder(CommitmentAssessment, 'assessment')
      .where({ tenantId, commitmentId: id });
    if (changedSince !== undefined) assessments.andWhere('assessment.createdAt >= :changedSince', { changedSince });
    const { items, nextCursor } = await paginate(assessments, page);
    return { items: items.map(assessmentView), nextCursor };
  }
}
