/** AT15: a smaller difference is drift, which is followed without a word. */
export const STEP_MS = 1_000;
/** AT15: how often each node compares PostgreSQL's clock with its own monotonic one. */
export const COMPARE_EVERY_MS = 3_000;
/** AT18: how long the condition `clock-steps` warns after a step. */
export const WARN_MS = 3_600_000;
