import { ApiProperty } from '@nestjs/swagger';
import { IsLocalizedText, IsPartialDate } from '@expo-accord/http';
import { type LocalizedText, type PartialDate } from '@expo-accord/values';

/** One agreement in the place of another. */
export class SupersessionAnswer {
  @ApiProperty({ format: 'uuid' })
  supersededId!: string;

  @ApiProperty({ format: 'uuid' })
  supersedingId!: string;

  /** Null for the whole. */
  @IsLocalizedText({ nullable: true })
  part!: LocalizedText | null;

  @IsPartialDate({ nullable: true })
  on!: PartialDate | null;

  @ApiProperty({ format: 'uuid', description: 'Whose links say so' })
  declaredById!: string;
}

export class SupersessionsAnswer {
  @ApiProperty({ type: SupersessionAnswer, isArray: true })
  items!: SupersessionAnswer[];

  @ApiProperty({ type: String, nullable: true, description: 'Always null: all are on one page' })
  nextCursor!: null;
}
