import { isDeepStrictEqual } from 'node:util';
import { type CreateAssessment } from '../commitments/commitment.dto';
import { type FulfillingEvent } from './fulfilment.entity';
import { type Judgement } from './fulfilment.rules';

const en = (text: string): { original: string; texts: Record<string, string> } => ({
  original: 'en',
  texts: { en: text },
});

/** The assessment that follows from an event's record, which is its evidence. */
export function assessmentBy({ event, judgement }: { event: FulfillingEvent; judgement: Judgement }): CreateAssessment {
  const { outcome, differs, note, doubtful } = judgement;
  return {
    outcome,
    evidence: [{ kind: 'record', title: event.names.texts[event.names.original] ?? event.url, url: event.url }],
    ...(differs === undefined ? {} : { differs: en(differs) }),
    ...(note === undefined ? {} : { note: en(note) }),
    certainty: 'inferred',
    because: `It follows from what is recorded of the event${doubtful ? ', whose date is doubtful' : ''}.`,
  };
}

/** What is left of an earlier one when its event is no longer held, or no longer says that it fulfils the commitment. */
export function withdrawnAssessment(): CreateAssessment {
  return {
    outcome: 'noEvidence',
    note: en('The event that it was judged by was cancelled, was put right, or no longer says that it fulfils this.'),
  };
}

/** Whether both judge alike; an event that was renamed is no new judgement. */
export function judgesAlike(
  last: { outcome: string; content: Omit<CreateAssessment, 'outcome'> },
  { outcome, differs, note, because }: CreateAssessment,
): boolean {
  const { content } = last;
  return last.outcome === outcome && isDeepStrictEqual(said(content), said({ differs, note, because }));
}

const said = ({ differs, note, because }: Omit<CreateAssessment, 'outcome'>): unknown[] => [
  differs ?? null,
  note ?? null,
  because ?? null,
];
