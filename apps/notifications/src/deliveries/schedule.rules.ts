/** Seconds from the failure of attempt n to attempt n + 1: the example schedule of the Standard Webhooks specification. */
export const retryScheduleSeconds: readonly number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** How often a delivery is attempted before it counts as failed. */
export const maxAttempts = retryScheduleSeconds.length + 1;

/**
 * Milliseconds to wait after `attemptsMade` attempts (1 or more) have failed, or null when the schedule is exhausted.
 * `scale` shortens or stretches the whole schedule; 1 is the published one.
 */
export function retryDelayMs(attemptsMade: number, scale: number): number | null {
  const seconds = retryScheduleSeconds[attemptsMade - 1];
  return seconds === undefined ? null : Math.round(seconds * 1_000 * scale);
}

/** What is told and kept for 30 days; an older message is history and no longer told to anybody. */
export const retentionDays = 30;

export function isTooOldToTell(time: string, now: Date): boolean {
  return now.getTime() - new Date(time).getTime() > retentionDays * 86_400_000;
}
