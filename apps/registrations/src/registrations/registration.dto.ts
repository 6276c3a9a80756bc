import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { type ExternalRef, type PartialDate, type PersonName } from '@expo-accord/values';
import { AreExternalRefs, IsEconomy, IsLanguageTag, IsPartialDate, IsPersonName, PageQuery } from '@expo-accord/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { type OnExisting } from './admission.rules';
import { registrationStatuses, type RegistrationStatus } from './registration';

/** Codes of open lists: categories, modes, kinds of document. */
export const codePattern = /^[a-z][A-Za-z0-9]{0,63}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOST_SESSIONS = 100;
const isCode = { message: '$property has to be a code in lowerCamelCase' };

export const onExistingChoices = ['refuse', 'skip', 'update'] as const satisfies readonly OnExisting[];
export const notifyChoices = ['none', 'changes'] as const;

export class DocumentBody {
  @ApiProperty({ example: 'passport' })
  @Matches(codePattern, isCode)
  kind!: string;

  @ApiProperty({ example: 'M12345678' })
  @Length(1, 64)
  number!: string;

  @IsEconomy({ optional: true, nullable: true, description: 'The economy that issued it' })
  economy?: string | null;
}

export class PersonBody {
  @IsPersonName()
  name!: PersonName;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'minsu@example.org' })
  @IsOptional()
  @IsEmail()
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Length(1, 64)
  phone?: string | null;

  @ApiPropertyOptional({ type: () => DocumentBody, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => DocumentBody)
  document?: DocumentBody | null;
}

export class OrganizationBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'As the events service knows it' })
  @IsOptional()
  @Matches(uuidPattern, { message: 'id has to be a UUID in lower case' })
  id?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'As written on the form' })
  @IsOptional()
  @Length(1, 300)
  name?: string | null;
}

/** One sign-up; also one line of an import. */
export class SignUpBody {
  @ApiProperty({ example: 'buyer', description: 'Code of one of the ticket categories of the event' })
  @Matches(codePattern, isCode)
  category!: string;

  @ApiProperty({ type: () => PersonBody })
  @IsObject()
  @ValidateNested()
  @Type(() => PersonBody)
  person!: PersonBody;

  @ApiPropertyOptional({ type: () => OrganizationBody, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OrganizationBody)
  organization?: OrganizationBody | null;

  @IsEconomy({ optional: true, nullable: true, description: 'The side that the person belongs to' })
  economy?: string | null;

  @ApiPropertyOptional({ type: String, default: 'inPerson', example: 'inPerson', description: 'inPerson, online...' })
  @IsOptional()
  @Matches(codePattern, isCode)
  mode?: string | null;

  @IsLanguageTag({ optional: true, nullable: true, description: 'The language of mails' })
  language?: string | null;

  @ApiPropertyOptional({ type: [String], format: 'uuid', nullable: true, description: 'Sessions to get a seat in' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_SESSIONS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  sessionIds?: string[] | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Answers to the form of the event' })
  @IsOptional()
  @IsObject()
  answers?: Record<string, unknown> | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'The version of the form that was answered' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  formVersion?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Where the category asks for one, or one is to be used',
  })
  @IsOptional()
  @Length(1, 64)
  invitationCode?: string | null;

  @ApiPropertyOptional({ enum: notifyChoices, default: 'none', description: 'Whether the person gets mail' })
  @IsOptional()
  @IsIn(notifyChoices)
  notify?: (typeof notifyChoices)[number] | null;

  @AreExternalRefs({ optional: true, nullable: true })
  externalRefs?: ExternalRef[] | null;

  @ApiPropertyOptional({ default: false, description: 'Entered after the fact; wants the scope history:write' })
  @IsOptional()
  @IsBoolean()
  historical?: boolean | null;

  @ApiPropertyOptional({ enum: registrationStatuses, default: 'confirmed', description: 'Only with `historical`' })
  @IsOptional()
  @IsIn(registrationStatuses)
  status?: RegistrationStatus | null;

  @IsPartialDate({ optional: true, nullable: true, description: 'Only with `historical`: when the person signed up' })
  registeredOn?: PartialDate | null;
}

/** Who has the registration from now on; what is not said of the new person is as it was for nobody. */
export class TransferBody extends PickType(SignUpBody, [
  'person',
  'language',
  'answers',
  'formVersion',
  'notify',
] as const) {
  @ApiPropertyOptional({ type: () => OrganizationBody, nullable: true, description: 'Stays the same if left out' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OrganizationBody)
  organization?: OrganizationBody | null;
}

export class SignUpQuery {
  @ApiPropertyOptional({ enum: onExistingChoices, default: 'refuse' })
  @IsOptional()
  @IsIn(onExistingChoices)
  onExisting: OnExisting = 'refuse';
}

export class ActionQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'Answers as if done, and does nothing',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export class RegistrationQuery extends PageQuery {
  @ApiPropertyOptional({ enum: registrationStatuses })
  @IsOptional()
  @IsIn(registrationStatuses)
  status?: RegistrationStatus;

  @ApiPropertyOptional({ example: 'buyer' })
  @IsOptional()
  @IsString()
  category?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  delegationId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who came by a code of this invitation' })
  @IsOptional()
  @IsUUID()
  invitationId?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    example: '민수',
    description: "Part of the person's or the organisation's name, in any language and script",
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;
}
