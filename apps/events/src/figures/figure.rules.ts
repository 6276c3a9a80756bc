import { type Problem } from '@expo-accord/values';
import { type FigureBody } from './figure.dto';

type Provenance = Pick<FigureBody, 'historical' | 'sources'>;

/**
 * A figure of the past is what somebody published then; of a live event the organiser says it, who enters it. One that was
 * there without a source before this was asked may be put right otherwise: it is no worse for that.
 */
export function missingSource(body: Provenance, before?: Provenance): Problem[] {
  if (!lacksSource(body) || (before !== undefined && lacksSource(before))) return [];
  return [{ pointer: '/sources', code: 'source-missing', detail: 'Say who published the figure.' }];
}

function lacksSource({ historical, sources }: Provenance): boolean {
  return historical === true && (sources ?? []).length === 0;
}
