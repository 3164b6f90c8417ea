import type { BriefingState } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { RoundState } from '../../protocol/rollcall.ts';
import {
  decideEntry,
  type EntryAsk,
  type EntryRecord,
  isCorrecting,
  isOwn,
  NOTHING,
  type UnitFacts,
  withRecord,
} from './entryRules.ts';
import { notBefore, type RoundFacts, takenAt } from './roundRules.ts';

/** What is known, under the lock of the briefing's chain, when a group of entries is to be recorded. */
export interface EntriesMoment {
  readonly now: Date;
  readonly briefing: BriefingState;
  /** Rounds that the asks name, with the number of their last entry. */
  readonly rounds: ReadonlyMap<string, { readonly round: RoundFacts; readonly seq: number }>;
  /** What was recorded before for the units that the asks name. */
  readonly standing: Iterable<EntryRecord>;
}

/** What becomes of one ask: its record, new or of before, with all that is recorded for the unit; or a refusal. */
export type EntryDecision =
  | { readonly record: EntryRecord; readonly facts: UnitFacts; readonly first: boolean }
  | { readonly error: unknown };

export interface EntriesDecided {
  /** In the order of the asks. */
  readonly decisions: readonly EntryDecision[];
  /** What is to be recorded. */
  readonly fresh: readonly { readonly ask: EntryAsk; readonly record: EntryRecord }[];
  /** The number of the last entry of each round that gets more. */
  readonly last: ReadonlyMap<string, number>;
}

/**
 * DL7, RC9: a group in the order in which it came, each ask after what those before it have done. A refusal concerns
 * its own ask alone. Pure.
 */
export function decideEntries(asks: readonly EntryAsk[], moment: EntriesMoment): EntriesDecided {
  const { now, briefing, rounds, standing } = moment;
  const open = new Map(
    [...rounds].map(([id, { round, seq }]) => [
      id,
      {
        round,
        seq,
        facts: new Map<string, UnitFacts>(),
      },
    ]),
  );
  for (const record of standing) add(open.get(record.round)?.facts, record);
  const last = new Map<string, number>();
  const fresh: { ask: EntryAsk; record: EntryRecord }[] = [];
  const decisions = asks.map((ask): EntryDecision => {
    const found = open.get(ask.round);
    if (!found) return { error: refuse('not-found', 'there is no such round') };
    const before = found.facts.get(ask.unit) ?? NOTHING;
    const at = receivedAt(ask, found.round, now);
    const state = briefing === 'closed' ? 'closed' : takenAt(found.round, at);
    try {
      const stands = decideEntry(found.round, state, before, ask);
      if (stands) return { record: stands, facts: before, first: false };
    } catch (error) {
      return { error };
    }
    // FG30: a number is changed also when its round is over, and no longer when its briefing is.
    if (briefing === 'closed') return { error: refuse('briefing-closed', 'this briefing is over') };
    found.seq += 1;
    last.set(ask.round, found.seq);
    const record = recordOf(ask, found.seq, at, isLate(ask, before, state));
    fresh.push({ ask, record });
    return { record, facts: add(found.facts, record), first: true };
  });
  return { decisions, fresh, last };
}

/** RC8: the clock of a node may be a little off; nothing comes before the question, or after it is recorded. */
const receivedAt = ({ received }: EntryAsk, round: RoundFacts, now: Date): Date =>
  new Date(Math.max(round.openedAt.getTime(), Math.min(notBefore(round, now).getTime(), received.getTime())));

/** RC20: a correction says who answers, not when the unit has: it is as late as what it corrects. */
const isLate = (ask: EntryAsk, before: UnitFacts, state: RoundState): boolean =>
  isCorrecting(ask) ? (before.find(isOwn)?.late ?? false) : state === 'due';

/** @param all of the round, by unit */
function add(all: Map<string, UnitFacts> | undefined, record: EntryRecord): UnitFacts {
  const after = withRecord(all?.get(record.unit) ?? NOTHING, record);
  all?.set(record.unit, after);
  return after;
}

export const recordOf = (ask: EntryAsk, seq: number, at: Date, late: boolean): EntryRecord => {
  const { round, unit, kind, key, by, answerer, name, note } = ask;
  const who = { account: by.account, by: by.name, identity: by.identity };
  const more = ask.number && { number: ask.number };
  return { round, unit, seq, kind, key, at, late, ...who, answerer, name, note, ...more };
};
