import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { OmitType } from '@nestjs/swagger';
import { IsCode, PageQuery } from '@expo-accord/http';
import { AgreementAnswer } from '../agreements/agreement.answer.dto';
import { agreementStatuses, type AgreementStatus } from '../agreements/agreement.rules';
import { ProjectAnswer } from '../projects/project.answer.dto';
import { projectStatuses, type ProjectStatus } from '../projects/project.rules';

class RegisterFilter extends PageQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;
}

export class RegisteredAgreementFilter extends RegisterFilter {
  @IsOptional()
  @IsIn(agreementStatuses)
  status?: AgreementStatus;

  @IsCode({ optional: true })
  type?: string;
}

export class RegisteredProjectFilter extends RegisterFilter {
  @IsOptional()
  @IsIn(projectStatuses)
  status?: ProjectStatus;

  @IsCode({ optional: true })
  industry?: string;
}

/** What is public of an agreement: all but what only its keepers can do with it. */
export class RegisteredAgreement extends OmitType(AgreementAnswer, ['actions', 'visibility'] as const) {}

export class RegisteredProject extends OmitType(ProjectAnswer, ['actions'] as const) {}
