import { ApiProperty } from '@nestjs/swagger';

/** `AuditView`, for the API document. */
export class AuditAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'Its place in the chain, from 1' })
  sequence!: number;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'Whose key it was' })
  keyId!: string;

  @ApiProperty({ example: 'signed' })
  action!: string;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({ type: Object, nullable: true, description: 'The resource as it was; null when it was created' })
  before!: object | null;

  @ApiProperty({ type: Object, nullable: true, description: 'The resource as it became; null when it was deleted' })
  after!: object | null;

  @ApiProperty({ description: 'Reason, before and after were erased; the chain holds without them' })
  erased!: boolean;

  @ApiProperty({ description: 'SHA-256 of the entry with the hash of the one before it' })
  hash!: string;
}

class ChainFaultAnswer {
  @ApiProperty({ enum: ['altered', 'removed', 'reordered', 'added'] })
  kind!: string;

  @ApiProperty({ type: 'integer', description: 'The place in the chain where it is first not what it was' })
  sequence!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null for an entry that is gone' })
  entryId!: string | null;

  @ApiProperty()
  detail!: string;
}

/** `ChainVerified`, for the API document. */
export class AuditVerificationAnswer {
  @ApiProperty({ example: 'agreements' })
  resource!: string;

  @ApiProperty({ format: 'uuid' })
  resourceId!: string;

  @ApiProperty({ type: 'integer' })
  entries!: number;

  @ApiProperty({ type: 'integer', description: 'Entries whose content was erased' })
  erased!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the last entry. Kept elsewhere, it proves later what the trail said today',
  })
  headHash!: string | null;

  @ApiProperty({ description: 'Whether every entry is what it was, and none is missing' })
  sound!: boolean;

  @ApiProperty({ type: ChainFaultAnswer, nullable: true })
  fault!: ChainFaultAnswer | null;
}
