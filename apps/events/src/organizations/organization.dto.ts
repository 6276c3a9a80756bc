import { IsCode, IsEconomy, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { MasterListQuery, MergeMark } from '../master-data/master.dto';
import { NamedBody, RecordAnswer } from '../records/record.dto';

export class Identifier {
  /** Such as lei, uscc. */
  @IsCode()
  scheme!: string;

  @IsString()
  @MaxLength(200)
  value!: string;
}

export class OrganizationBody extends NamedBody {
  /** Code list organization-levels: ministry, province, city, agency, association, company, internationalBody... */
  @IsCode({ optional: true, nullable: true })
  level?: string | null;

  /** None for an international body. */
  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsOptional()
  @IsUUID()
  parentId?: string | null;

  @IsOptional()
  @IsUUID()
  placeId?: string | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Identifier)
  identifiers?: Identifier[];

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;
}

export class OrganizationAnswer extends IntersectionType(OrganizationBody, IntersectionType(MergeMark, RecordAnswer)) {}

export class OrganizationListQuery extends MasterListQuery {
  @IsCode({ optional: true })
  level?: string;

  @IsEconomy({ optional: true })
  economy?: string;

  @IsOptional()
  @IsUUID()
  parentId?: string;
}
