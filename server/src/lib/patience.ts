/** A timer that is later than this, ms, fires before what came meanwhile was read. */
const STALL_MS = 1_000;

/** Somebody is waited for. */
export interface Patience {
  /** They came, or it does not matter any more. */
  close(): void;
}

/**
 * Ends after so many ms in which this process had time to read: after a moment in which it stood still it begins again,
 * so that nobody is given up whose word waits. It does not keep the process.
 */
export function patience(ms: number, ends: () => void): Patience {
  let timer: NodeJS.Timeout;
  const begin = (): void => {
    const due = performance.now() + ms;
    timer = setTimeout(() => (performance.now() - due > STALL_MS ? begin() : ends()), ms).unref();
  };
  begin();
  return { close: () => clearTimeout(timer) };
}
