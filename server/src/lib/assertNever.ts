/** Ends an exhaustive switch: a new case that nobody handles does not compile, and does not pass silently at run time. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
