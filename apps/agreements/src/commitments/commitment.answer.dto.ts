import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { dueStates, type DueState } from '../reminders/due.rules';
import { CommitmentFacts, CreateAssessment } from './commitment.dto';
import { type AssessmentOutcome, assessmentOutcomes } from './commitment.rules';

class DueAnswer {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The first instant at which it is late; null where nothing is due, or any more (met, withdrawn)',
  })
  dueAt!: string | null;

  @ApiProperty({ enum: dueStates, nullable: true, description: 'dueSoon from the longest lead time on' })
  dueState!: DueState | null;
}

class MilestoneState extends DueAnswer {
  @ApiProperty({ format: 'uuid' })
  milestoneId!: string;

  @ApiProperty({ enum: assessmentOutcomes, nullable: true, description: 'Outcome of its latest assessment' })
  assessment!: AssessmentOutcome | null;
}

/** `CommitmentAnswerView`, for the API document. */
export class CommitmentAnswer extends IntersectionType(CommitmentFacts, RecordedAnswer, DueAnswer) {
  @ApiProperty({ type: [MilestoneState], description: 'In the order of `milestones`' })
  milestoneStates!: MilestoneState[];

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
