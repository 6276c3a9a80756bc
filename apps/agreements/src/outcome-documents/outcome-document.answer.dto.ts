import { IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { OutcomeDocumentFacts } from './outcome-document.dto';

/** `OutcomeDocumentView`, for the API document. */
export class OutcomeDocumentAnswer extends IntersectionType(OutcomeDocumentFacts, RecordedAnswer) {}
