import { ApiProperty } from '@nestjs/swagger';
import { AreExternalRefs } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';

/** What every answer carries, for the API document. */
export class RecordedAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  eventId!: string | null;

  @AreExternalRefs()
  externalRefs!: ExternalRef[];

  @ApiProperty({ description: 'Simulated, not reported' })
  synthetic!: boolean;

  @ApiProperty({ description: 'Entered after the fact' })
  historical!: boolean;

  @ApiProperty({ format: 'uri' })
  url!: string;

  @ApiProperty({ type: 'integer', description: 'Counts changes; the ETag' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}
