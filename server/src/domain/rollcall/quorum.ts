import type { EntryState } from '../../protocol/rollcall.ts';
import type { Counts } from '../organisation/CountTree.ts';

/** RC14: whether so many of those who are not excused have answered, in whatever way. A unit without any has them all. */
export function satisfies(count: Readonly<Counts<EntryState>> | undefined, percent: number): boolean {
  if (!count) return true;
  const answered = count.answered + count.late + count.substituted + count.official;
  return answered * 100 >= percent * (count.expected - count.excused);
}
