import type { PeerQuality } from '../media/sfu/types.ts';
import type { LineQuality } from './types.ts';

export interface QualityScore {
  readonly quality: LineQuality;
  /** 1 (worst) .. 5. */
  readonly score: number;
}

/**
 * A line by its loss and delay. The borders follow LiveKit's connection score: 2 % of loss is heard, 8 % breaks pictures;
 * beyond half a second of round trip people talk over each other.
 */
export function scoreOf({ lossUp, lossDown, rttMs }: PeerQuality): QualityScore {
  const loss = Math.max(lossUp ?? 0, lossDown ?? 0);
  const penalty = loss * 35 + Math.max(0, (rttMs ?? 0) - 150) / 250;
  const score = Math.min(5, Math.max(1, 5 - penalty));
  return { score, quality: score >= 4.2 ? 'excellent' : score >= 3 ? 'good' : 'poor' };
}

export const lostScore: QualityScore = { quality: 'lost', score: 1 };
