/** WH12: hooks of one installation. */
export const MOST_HOOKS = 100;
/** WH12: events that wait for one hook; what comes on top is on the page of failures at once. */
export const MOST_WAITING_EVENTS = 50_000;
/** WH10: how long the secret before signs as well, hours. */
export const OLD_SECRET_HOURS = 24;
/** WH9: pauses before each further attempt, seconds: some three days. */
export const ATTEMPT_PAUSES: readonly number[] = [
  5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400,
];
/** WH9: `Retry-After` is honoured up to a day. */
export const LONGEST_RETRY_AFTER_SECONDS = 86_400;
/** WH13: days that what is over is kept. */
export const KEPT_DAYS = 30;
