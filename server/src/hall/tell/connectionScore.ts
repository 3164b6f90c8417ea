import type { ConnectionQuality } from '../../domain/shared/stage.ts';
import type { LineCapacity, LineStats } from '../../media/sfu/types.ts';

export interface ConnectionScore {
  readonly quality: ConnectionQuality;
  /** 1 (worst) .. 5. */
  readonly score: number;
}

/** A line that carries less than what is asked of it is no good one, however clean it is then. */
const mostOf: Readonly<Record<LineCapacity, number>> = { good: 5, reduced: 2.5, soundOnly: 1.5 };

/**
 * A line by its loss and delay, and by what it carries. The borders follow LiveKit's connection score: 2 % of loss is
 * heard, 8 % breaks pictures; beyond half a second of round trip people talk over each other.
 */
export function scoreOf(
  { lossUp, lossDown, rttMs }: Omit<LineStats, 'bitrateUp'>,
  line: LineCapacity,
): ConnectionScore {
  const loss = Math.max(lossUp ?? 0, lossDown ?? 0);
  const penalty = loss * 35 + Math.max(0, (rttMs ?? 0) - 150) / 250;
  const score = Math.min(mostOf[line], Math.max(1, 5 - penalty));
  return { score, quality: score >= 4.2 ? 'excellent' : score >= 3 ? 'good' : 'poor' };
}

export const lostScore: ConnectionScore = { quality: 'lost', score: 1 };
