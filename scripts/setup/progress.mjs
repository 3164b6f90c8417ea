/** A failure that the person at the terminal can do something about: one plain sentence, no stack. */
export class SetupError extends Error {}

const started = performance.now();
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One line of progress, with the time since the start. */
export function say(text) {
  console.log(`[${seconds(started).padStart(8)}] ${text}`);
}

/**
 * Runs one step and says how long it took.
 * @param {string} name
 * @param {(tell: (detail: string) => void) => Promise<string | undefined | void>} work its result, if any, is said at the end
 */
export async function step(name, work) {
  const begin = performance.now();
  try {
    const result = await work((detail) => say(`${name}: ${detail}`));
    say(`${name}: ${result ?? 'done'} (${seconds(begin)})`);
  } catch (error) {
    if (error instanceof SetupError) throw new SetupError(`${name}: ${error.message}`);
    throw error;
  }
}

/** Ends the process with the sentence of a SetupError, or the stack of anything unforeseen. */
export function fail(error) {
  console.error(error instanceof SetupError ? `\nStopped. ${error.message}` : error);
  process.exit(1);
}
