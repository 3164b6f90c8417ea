import type { EntryState, Proof } from '../../protocol/rollcall.ts';
import type { Counts } from '../organisation/CountTree.ts';

/**
 * RC14: whether so many of those who are not excused have answered, in whatever way. A unit without any has them all. Without the
 * digits a late answer proves nothing (RC11).
 */
export function satisfies(count: Readonly<Counts<EntryState>> | undefined, percent: number, proof: Proof): boolean {
  if (!count) return true;
  const answered = count.answered + (proof === 'challenge' ? 0 : count.late) + count.substituted + count.official;
  return answered * 100 >= percent * (count.expected - count.excused);
}
