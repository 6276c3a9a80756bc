import { OmitType } from '@nestjs/swagger';
import { PageQuery } from '@expo-accord/http';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class AuditQuery extends OmitType(PageQuery, ['changedSince', 'ref']) {
  /** Only these: `changed` gives the corrections, `amend` the amendments... */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  action?: string;
}
