import type { Entry, EntryState, Proof, RoundCount, RoundState, ToldState } from '../../protocol/rollcall.ts';
import type { Counts } from '../organisation/CountTree.ts';
import { decisive, entryState, goodAnswer, isOwn, type UnitFacts } from './entryRules.ts';
import { numberOf } from './number/numberRules.ts';

/** RC27: a state as it is told. */
export const toldState = (state: EntryState): ToldState => (state === 'away' ? 'absent' : state);

/** The state of an entry that was told. */
export const entryStateOf = ({ state, away }: Pick<Entry, 'state' | 'away'>): EntryState => (away ? 'away' : state);

/** The entry as everybody who may see it sees it. */
export function toEntry(
  at: { readonly round: string; readonly unit: string; readonly path: string },
  facts: UnitFacts,
  proof: Proof,
  round: RoundState,
): Entry {
  const counts = decisive(facts, proof);
  const own = facts.findLast(isOwn);
  const shown = counts ?? own;
  const number = numberOf(facts, counts);
  const state = entryState(facts, proof, round);
  return {
    round: at.round,
    unit: at.unit,
    path: at.path,
    state: toldState(state),
    ...(state === 'away' && { away: true }),
    ...(state === 'away' && counts?.late && { late: true }),
    at: shown?.at.toISOString() ?? null,
    answerer: shown?.answerer ?? null,
    name: shown?.name ?? null,
    by: shown?.by ?? null,
    note: shown?.note ?? null,
    ...(number && { number }),
    ...(shown?.resubmittedAt && { resubmittedAt: shown.resubmittedAt.toISOString() }),
    unconfirmed: own !== undefined && own !== goodAnswer(facts, proof),
    own: own
      ? {
          nr: facts.filter(isOwn).length,
          at: own.at.toISOString(),
          account: own.account,
          by: own.by,
          answerer: own.answerer,
          name: own.name,
        }
      : null,
  };
}

/** RC27: a count as it is told: a unit that reported absent is one of `absent`, and of `away` beside it. */
export const toldCount = (count: Readonly<Counts<EntryState>>): RoundCount => ({
  ...count,
  absent: count.absent + count.away,
});
