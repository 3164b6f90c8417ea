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
  /** Of a cut: how long until the media workers were told of the pictures, and of the sound as well, ms. */
  readonly toldMs: { readonly picture: number; readonly sound: number };
  /** How long the order took until they had done it, and viewers were told of it, ms. */
  readonly tookMs: number;
  /** Peers that were on the worker that was killed. */
  readonly died: number;
}
