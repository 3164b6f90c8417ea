import { PULLS } from '../limits.ts';

interface Asked {
  readonly everyMs: number;
  /** In a row, with this one; 0: it went well. */
  readonly failures: number;
  /** As the source wants it; 0: it says nothing. */
  readonly retryAfterMs: number;
}

/**
 * FG40: ms until a source is asked again: as often as was agreed, after a failure sooner or later, twice as late each time
 * and never earlier than the source itself says. Not all at the same moment: `random` gives 0 to 1.
 */
export function nextAsk({ everyMs, failures, retryAfterMs }: Asked, random: () => number): number {
  if (failures === 0) return Math.round(everyMs * (1 - PULLS.jitter * random()));
  const longest = Math.max(everyMs, PULLS.backOffMs.most);
  const backOff = Math.min(PULLS.backOffMs.first * 2 ** Math.min(failures - 1, 30), longest);
  return Math.round(Math.max(backOff * (0.5 + random() / 2), Math.min(retryAfterMs, PULLS.retryAfterMs)));
}
