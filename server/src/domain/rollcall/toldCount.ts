import type { EntryState, RoundCount } from '../../protocol/rollcall.ts';
import type { Counts } from '../organisation/CountTree.ts';

/** RC27: a count as it is told: a unit that reported absent is one of `absent`, and of `away` beside it. */
export const toldCount = (count: Readonly<Counts<EntryState>>): RoundCount => ({
  ...count,
  absent: count.absent + count.away,
});
