import type { LineState, PeerQuality } from '../media/sfu/types.ts';
import type { LineQuality } from './types.ts';

export interface QualityScore {
  readonly quality: LineQuality;
  /** 1 (worst) .. 5. */
  readonly score: number;
}

/** A line that carries less than what is asked of it is no good one, however clean it is then. */
const mostOf: Readonly<Record<LineState, number>> = { good: 5, reduced: 2.5, soundOnly: 1.5 };

/**
 * A line by its loss and delay, and by what it carries. The borders follow LiveKit's connection score: 2 % of loss is heard, 8 % breaks pictures;
 * beyond half a second of round trip people talk over each other.
 */
export function scoreOf({ lossUp, lossDown, rttMs }: PeerQuality, line: LineState): QualityScore {
  const loss = Math.max(lossUp ?? 0, lossDown ?? 0);
  const penalty = loss * 35 + Math.max(0, (rttMs ?? 0) - 150) / 250;
  const score = Math.min(mostOf[line], Math.max(1, 5 - penalty));
  return { score, quality: score >= 4.2 ? 'excellent' : score >= 3 ? 'good' : 'poor' };
}

export const lostScore: QualityScore = { quality: 'lost', score: 1 };
