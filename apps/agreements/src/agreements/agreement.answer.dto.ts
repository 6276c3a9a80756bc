import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { AgreementFacts } from './agreement.dto';
import { agreementActions, type AgreementAction, type AgreementStatus, agreementStatuses } from './agreement.rules';

/** `AgreementView`, for the API document. */
export class AgreementAnswer extends IntersectionType(AgreementFacts, RecordedAnswer) {
  @ApiProperty({ enum: agreementStatuses })
  status!: AgreementStatus;

  @ApiProperty({ enum: agreementActions, isArray: true, description: 'Possible now' })
  actions!: AgreementAction[];
}
