export const ROOM = 'briefing';
export const SPEAKERS = ['speaker-0', 'speaker-1'] as const;

/** `cut`: the other one comes on stage; `kill`: the worker of whoever is not on it dies. */
export type FullOrder = 'usage' | 'cut' | 'kill';

export interface FullUsage {
  /** When it was given, ms since 1970. */
  readonly at: number;
  readonly node: { readonly cpu: number; readonly megabytes: number };
  readonly workers: { readonly cpu: number; readonly megabytes: number };
  /** How late timers of signalling were at most since it was asked last, ms. */
  readonly lateMs: number;
  /** How long the order took until the media workers had it, ms. */
  readonly tookMs: number;
  /** Peers that were on the worker that was killed. */
  readonly died: number;
}
