import type { Snapshot } from '../load/protocol.ts';

/** The sound of all viewers during one measure. */
export interface Sound {
  readonly viewers: number;
  /** Viewers who are not there any more. */
  readonly lost: number;
  readonly packets: number;
  /** Fraction that never came. */
  readonly loss: number;
  /** Fraction that came too late for a browser's jitter buffer. */
  readonly late: number;
  /** Of the viewer who had it worst. */
  readonly longestPauseMs: number;
  /** How late those who speak and listen were by themselves at most, which on a busy machine is no fault of the server. */
  readonly botsLateMs: number;
}

/** One moment of those who speak and those who listen. */
export interface Heard {
  readonly speaker: Snapshot;
  readonly viewers: Snapshot;
}

/**
 * A pause this much longer than any of the calm is heard. Sound comes in packets of 60 ms, and a browser's jitter buffer
 * bridges two or three that are late by stretching what it has; the fourth is a hole. What the bots were late by themselves
 * does not count.
 */
const PAUSE_MS = 200;
/** What a jitter buffer's concealment hides from most listeners. */
const LOSS = 0.01;

export function soundBetween({ viewers: before }: Heard, { viewers: after, speaker }: Heard): Sound {
  const grown = (field: 'packets' | 'expected' | 'late'): number =>
    after.viewers.reduce((sum, viewer, i) => sum + viewer.sound[field] - (before.viewers[i]?.sound[field] ?? 0), 0);
  const [packets, expected] = [grown('packets'), grown('expected')];
  return {
    viewers: after.viewers.length,
    lost: after.viewers.filter((viewer) => viewer.failure !== undefined).length,
    packets,
    loss: Math.max(0, 1 - packets / Math.max(1, expected)),
    late: grown('late') / Math.max(1, packets),
    longestPauseMs: Math.max(0, ...after.viewers.map((viewer) => viewer.sound.longestPauseMs)),
    botsLateMs: after.lateMs + speaker.lateMs,
  };
}

/** Whether the bots were so late by themselves that they can't tell a pause of the server from their own. */
export const isDeaf = (sound: Sound): boolean => sound.botsLateMs > PAUSE_MS;

/** Why that is no sound as it was in the calm; undefined when it is. */
export function stutter(calm: Sound, sound: Sound): string | undefined {
  if (sound.lost > calm.lost) return `${sound.lost - calm.lost} viewers lost the briefing`;
  if (sound.packets === 0) return 'nothing was heard';
  if (sound.loss > LOSS) return `${(100 * sound.loss).toFixed(1)} % of the sound was lost`;
  const longer = sound.longestPauseMs - sound.botsLateMs - calm.longestPauseMs;
  return longer > PAUSE_MS ? `the sound stood still for ${longer.toFixed(0)} ms more than in the calm` : undefined;
}
