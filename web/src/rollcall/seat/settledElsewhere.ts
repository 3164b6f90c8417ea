import type { Entry } from '../../api/contract.ts';
import { serverNow } from '../../lib/serverClock.ts';
import type { RollcallWords } from '../words/rollcall.vi.ts';

/**
 * Why a prompt goes away by itself: who else settled it, an official or another device of the unit. Pure. (RC31)
 * @param time of day, in words
 */
export function settledElsewhere(
  { state, at, by }: Pick<Entry, 'state' | 'at' | 'by'>,
  t: RollcallWords,
  time: (iso: string) => string,
): string {
  const when = time(at ?? new Date(serverNow()).toISOString());
  if (state === 'official') return `${t.recorded(when)}. ${t.byOfficial(by ?? '')}`;
  if (state === 'excused') return `${t.recorded(when)}. ${t.excusedBy(by ?? '')}`;
  return t.elsewhere(when);
}
