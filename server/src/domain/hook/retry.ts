import { ATTEMPT_PAUSES, LONGEST_RETRY_AFTER_SECONDS } from './limits.ts';

/** Longest rest of a receiver that fails again and again, s. */
const LONGEST_REST_SECONDS = 60;

/**
 * WH9: seconds until the next attempt; undefined: it is given up.
 * @param attempts that were made, at least 1
 * @param retryAfter what the receiver asked for, s
 * @param random of 0 to 1: receivers that were away together are not asked together
 */
export function nextAttempt(attempts: number, retryAfter: number | undefined, random: number): number | undefined {
  const pause = ATTEMPT_PAUSES[attempts - 1];
  if (pause === undefined) return undefined;
  const jittered = pause * (0.8 + 0.4 * random);
  return Math.max(jittered, Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER_SECONDS));
}

/** WH9: seconds for which a receiver rests after so many failures in a row, whatever waits for it. */
export const restAfter = (failures: number, retryAfter: number | undefined): number =>
  Math.max(
    Math.min(2 ** Math.min(failures, 10), LONGEST_REST_SECONDS),
    Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER_SECONDS),
  );
