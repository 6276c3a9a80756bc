import { type Problem } from '@expo-accord/values';
import { type FigureBody } from './figure.dto';

/** A figure of the past is what somebody published then; of a live event the organiser says it, who enters it. */
export function missingSource({ historical, sources = [] }: Pick<FigureBody, 'historical' | 'sources'>): Problem[] {
  if (historical !== true || sources.length > 0) return [];
  return [{ pointer: '/sources', code: 'source-missing', detail: 'Say who published the figure.' }];
}
