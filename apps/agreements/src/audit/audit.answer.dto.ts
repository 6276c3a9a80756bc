import { ApiProperty } from '@nestjs/swagger';

/** `AuditView`, for the API document. */
export class AuditAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

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
}
