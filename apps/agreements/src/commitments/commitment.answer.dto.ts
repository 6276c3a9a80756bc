import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { CommitmentFacts, CreateAssessment } from './commitment.dto';
import { type AssessmentOutcome, assessmentOutcomes } from './commitment.rules';

/** `CommitmentView`, for the API document. */
export class CommitmentAnswer extends IntersectionType(CommitmentFacts, RecordedAnswer) {
  @ApiProperty({ enum: assessmentOutcomes, nullable: true, description: 'Outcome of the latest assessment' })
  assessment!: AssessmentOutcome | null;
}

/** `AssessmentView`, for the API document. */
export class AssessmentAnswer extends CreateAssessment {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  commitmentId!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The event that it followed from; null where a person judged',
  })
  eventId!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}
