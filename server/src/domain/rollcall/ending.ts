import type { BriefingState } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import { type EntryState, entryStateSchema } from '../../protocol/rollcall.ts';
import { type EntryRecord, entryState } from './entryRules.ts';
import type { StateCounts } from './ports.ts';
import { type RoundFacts, stateAt } from './roundRules.ts';

/** What is known of a round, under the lock of its briefing's chain, when somebody extends or closes it. */
export interface RoundMoment {
  readonly now: Date;
  readonly briefing: BriefingState;
  readonly round: RoundFacts;
}

const isOver = ({ now, briefing, round }: RoundMoment): boolean =>
  briefing === 'closed' || stateAt(round, now) === 'closed';

/** RC3: whether it is to be recorded that the deadline was reached. */
export const isNewlyDue = (moment: RoundMoment): boolean =>
  moment.round.closedAt === null && moment.round.dueAt === undefined && stateAt(moment.round, moment.now) !== 'open';

/**
 * RC4: both moments move by the same time, from the deadline, or from now when it was reached.
 * @throws DomainError `too-late`
 */
export function decideExtension(moment: RoundMoment, seconds: number): Pick<RoundFacts, 'deadline' | 'lateUntil'> {
  if (isOver(moment)) throw refuse('too-late', 'this round is closed');
  const { now, round } = moment;
  const isOpen = stateAt(round, now) === 'open';
  const from = isOpen ? round.deadline.getTime() : Math.max(now.getTime(), round.openedAt.getTime());
  const deadline = new Date(from + seconds * 1000);
  const moved = deadline.getTime() - round.deadline.getTime();
  return { deadline, lateUntil: new Date(round.lateUntil.getTime() + moved) };
}

type Entered = Pick<EntryRecord, 'unit' | 'kind' | 'late' | 'answerer'>;

/** RC3: whether the round is closed now. An official closes it at any time, the system only what is over. */
export const closesNow = (moment: RoundMoment, by: 'official' | 'system'): boolean =>
  moment.round.closedAt === null && (by === 'official' || isOver(moment));

/** RC3: counts as a version wrote them that may have known fewer states: what it did not know, it counted as absent. */
export function countsAsOf(
  recorded: Readonly<Record<string, number>>,
  counts: StateCounts,
): Record<EntryState, number> {
  const then: Record<EntryState, number> = { ...counts };
  for (const state of entryStateSchema.options) {
    if (state in recorded || state === 'absent') continue;
    then.absent += then[state];
    then[state] = 0;
  }
  return then;
}

/**
 * RC3: how the units of a round stand at its end, for the record.
 * @param entries in the order in which they were recorded
 */
export function finalCounts(round: Pick<RoundFacts, 'proof' | 'expected'>, entries: Iterable<Entered>): StateCounts {
  const facts = new Map<string, Entered[]>();
  for (const entry of entries) {
    const before = facts.get(entry.unit);
    if (before) before.push(entry);
    else facts.set(entry.unit, [entry]);
  }
  const counts = Object.fromEntries(entryStateSchema.options.map((state) => [state, 0])) as Record<EntryState, number>;
  for (const unit of facts.values()) counts[entryState(unit, round.proof, 'closed')] += 1;
  counts.absent += round.expected - facts.size;
  return counts;
}
