import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { type ExternalRef, type PartialDate } from '@expo-accord/values';
import { notifyChoices, OrganizationBody, PersonBody } from './registration.dto';
import { type Registration, registrationStatuses, type RegistrationStatus } from './registration';
import { hasTicket, quotasDrawnBy } from './registration.rules';

@ApiExtraModels(PersonBody, OrganizationBody)
export class RegistrationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ enum: registrationStatuses })
  status!: RegistrationStatus;

  @ApiProperty({ example: 'buyer' })
  category!: string;

  @ApiProperty({ type: [String], example: ['event', 'buyer'], description: 'Quotas in which it holds a place' })
  quotas!: string[];

  @ApiProperty({ type: () => PersonBody, nullable: true, description: 'null where the person was erased' })
  person!: object | null;

  @ApiProperty({ type: () => OrganizationBody, nullable: true })
  organization!: object | null;

  @ApiProperty({ type: String, nullable: true, example: 'KR' })
  economy!: string | null;

  @ApiProperty({ example: 'inPerson' })
  mode!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ko' })
  language!: string | null;

  @ApiProperty({ type: [String], format: 'uuid' })
  sessionIds!: readonly string[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Whom it waits and is admitted with' })
  delegationId!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  answers!: object;

  @ApiProperty({ type: 'integer', nullable: true })
  formVersion!: number | null;

  @ApiProperty({ enum: notifyChoices })
  notify!: (typeof notifyChoices)[number];

  @ApiProperty({ type: 'array', items: { type: 'object' }, example: [{ system: 'expo-a', id: '77' }] })
  externalRefs!: readonly ExternalRef[];

  @ApiProperty()
  historical!: boolean;

  @ApiProperty({ description: 'Part of a simulation' })
  synthetic!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  registeredOn!: PartialDate | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the ticket is, while there is one' })
  ticketUrl!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the person was erased' })
  erasedAt!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class RegistrationPage {
  @ApiProperty({ type: () => [RegistrationAnswer] })
  items!: RegistrationAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** @param quotaNames the quotas of its event, by event */
export function answerOf(
  registration: Registration,
  quotaNames: ReadonlyMap<string, ReadonlySet<string>>,
): RegistrationAnswer {
  const existing = quotaNames.get(registration.eventId);
  return {
    id: registration.id,
    eventId: registration.eventId,
    status: registration.status,
    category: registration.category,
    quotas: quotasDrawnBy(registration).filter((name) => existing?.has(name)),
    person: registration.erasedAt === null ? registration.person : null,
    organization: registration.organization,
    economy: registration.economy,
    mode: registration.mode,
    language: registration.language,
    sessionIds: registration.sessionIds,
    delegationId: registration.delegationId,
    answers: registration.answers,
    formVersion: registration.formVersion,
    notify: registration.notify ? 'changes' : 'none',
    externalRefs: registration.externalRefs,
    historical: registration.historical,
    synthetic: registration.synthetic,
    registeredOn: registration.registeredOn,
    ticketUrl: hasTicket(registration.status) ? `/v1/registrations/${registration.id}/ticket` : null,
    erasedAt: registration.erasedAt?.toISOString() ?? null,
    version: registration.version,
    createdAt: registration.createdAt.toISOString(),
    updatedAt: registration.updatedAt.toISOString(),
  };
}
