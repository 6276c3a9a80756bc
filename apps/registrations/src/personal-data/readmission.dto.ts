import { ApiProperty, PickType } from '@nestjs/swagger';
import { Length } from 'class-validator';
import { SignUpBody } from '../registrations/registration.dto';

/** Who is meant, as a sign-up says it: the very one that was refused, for instance. */
export class ReadmissionBody extends PickType(SignUpBody, ['person', 'organization', 'externalRefs'] as const) {
  @ApiProperty({
    description: 'Is kept: say nothing in it of who it is',
    example: 'Asked to come after all, in writing',
  })
  @Length(1, 500)
  reason!: string;
}

export class ReadmissionAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ description: 'The API key that it was done with' })
  keyId!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ type: 'integer', description: 'Of document, e-mail and name, references: how many were marked' })
  marks!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ReadmissionPage {
  @ApiProperty({ type: () => [ReadmissionAnswer] })
  items!: ReadmissionAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
