import { instantOf, type Problem, type ScheduledTime } from '@expo-accord/values';

type Time = ScheduledTime | null | undefined;

/** An end before its beginning, by the clock of the world: the two may be told in different zones. */
export function endBeforeStart(start: Time, end: Time, pointer: string): Problem[] {
  if (!start || !end || Date.parse(instantOf(end)) >= Date.parse(instantOf(start))) return [];
  return [{ pointer, code: 'ends-before-start', detail: 'This is before the time at which it begins.' }];
}
