import { type AgreementRevision, type RevisionContent } from './revision.entity';

export type RevisionView = RevisionContent &
  Pick<AgreementRevision, 'id' | 'agreementId' | 'number' | 'historical'> & { createdAt: string };

export function revisionView(revision: AgreementRevision): RevisionView {
  const { id, agreementId, number, historical, content, createdAt } = revision;
  return { id, agreementId, number, historical, ...content, createdAt: createdAt.toISOString() };
}
