import { recordedView, type RecordedView } from '../recorded/recorded';
import { type Agreement, type AgreementContent } from './agreement.entity';
import { actionsOpenTo, type AgreementAction, type AgreementStatus, type Visibility } from './agreement.rules';

export type AgreementView = RecordedView &
  AgreementContent & {
    status: AgreementStatus;
    visibility: Visibility;
    /** The actions that are possible now. */
    actions: AgreementAction[];
  };

export function agreementView(agreement: Agreement, url: string): AgreementView {
  const { content, status } = agreement;
  return {
    ...recordedView(agreement, url),
    ...content,
    signedOn: content.signedOn ?? null,
    visibility: content.visibility ?? 'public',
    status,
    actions: actionsOpenTo(status, content),
  };
}
