import { ActionPipe } from '../lifecycle/action.pipe';
import { agreementActions, type AgreementAction } from './agreement.rules';

export class AgreementActionPipe extends ActionPipe<AgreementAction> {
  constructor() {
    super(agreementActions);
  }
}

/** For the API document. */
export const agreementActionParam = { name: 'action', enum: agreementActions };
