import type { Place } from '../protocol.ts';

/** What an attack works with. */
export interface AttackTools {
  readonly place: Place;
  /** Told to whoever reads the result. */
  readonly count: (what: string, by?: number) => void;
  /** Aborted when its time is over: it then lets go of everything. */
  readonly over: AbortSignal;
}

export interface Attack {
  /** One sentence. */
  readonly what: string;
  /** Resolves when its time is over. What is left open ends with the process. */
  run(tools: AttackTools): Promise<void>;
}
