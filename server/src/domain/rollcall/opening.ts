import type { BriefingState } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { liesIn } from '../shared/territory.ts';
import { type EntryRecord, entryState, NOTHING, type UnitFacts, withRecord } from './entryRules.ts';
import type { AskedUnit, NewRound } from './ports.ts';
import { type RoundFacts, stateAt } from './roundRules.ts';

/** What is known, under the lock of the briefing's chain, when a round is to be opened. */
export interface OpeningMoment {
  readonly now: Date;
  readonly briefing: BriefingState;
  /** Number of the briefing's last round; 0: it had none. */
  readonly lastNr: number;
  readonly source: Expected | Former;
}

/** Everybody whom the briefing expects, by `unit`. */
interface Expected {
  readonly from: 'briefing';
  readonly units: readonly AskedUnit[];
  /** The record of the briefing has a hash over them. */
  readonly vouched: boolean;
}

/** A round that is asked again. */
interface Former {
  readonly from: 'round';
  readonly whom: 'all' | 'missing';
  /** undefined: this briefing has no such round. */
  readonly round: RoundFacts | undefined;
  /** Whom it asked, by `unit`. */
  readonly units: readonly AskedUnit[];
  /** What is recorded of them; of `all` it is not needed. */
  readonly entries: readonly EntryRecord[];
}

/** What is to be recorded. */
export interface Opening {
  readonly nr: number;
  readonly openedAt: Date;
  readonly deadline: Date;
  readonly lateUntil: Date;
  /** Whom it asks, by `unit`. */
  readonly units: readonly AskedUnit[];
  /** Of them, those that the round keeps itself: none when they are all that the briefing expects and vouches for. */
  readonly own: readonly AskedUnit[];
  readonly quorum: RoundFacts['quorum'];
  /** The round that it asks again, and whether that one is to be closed with it. */
  readonly former: { readonly round: RoundFacts; readonly closes: boolean } | undefined;
}

/** The units of a tier above those that are asked. @throws DomainError `bad-request`: there are none */
type UnitsAbove = (asked: readonly AskedUnit[], tier: string) => readonly UnitPath[];

/**
 * RC1, RC2, RC5: what becomes of the wish to open a round. Pure.
 * @throws DomainError `not-live`, `briefing-closed`, `not-found` (the former round), `bad-request` (nobody is expected
 * there, or no unit of the quorum), `conflict` (nobody is missing)
 */
export function decideOpening(moment: OpeningMoment, wanted: NewRound, unitsAbove: UnitsAbove): Opening {
  const { now: openedAt, briefing, lastNr, source } = moment;
  if (briefing === 'scheduled') throw refuse('not-live', 'the briefing is not open yet');
  if (briefing === 'closed') throw refuse('briefing-closed', 'this briefing is over');
  const former = source.from === 'round' ? formerOf(source) : undefined;
  const units = source.from === 'round' ? askedAgain(source, openedAt) : expectedIn(source, wanted);
  const whole = source.from === 'briefing' && source.vouched && units.length === source.units.length;
  const deadline = new Date(openedAt.getTime() + wanted.seconds * 1000);
  return {
    nr: lastNr + 1,
    openedAt,
    deadline,
    lateUntil: new Date(deadline.getTime() + wanted.lateSeconds * 1000),
    units,
    own: whole ? [] : units,
    quorum: wanted.quorum && { ...wanted.quorum, units: unitsAbove(units, wanted.quorum.tier) },
    former: former && { round: former, closes: former.closedAt === null },
  };
}

function formerOf({ round }: Former): RoundFacts {
  if (!round) throw refuse('not-found', 'there is no such round');
  return round;
}

/** RC1, FG67 */
function expectedIn(
  { units }: Expected,
  { scope, units: chosen }: Pick<NewRound, 'scope' | 'units'>,
): readonly AskedUnit[] {
  const roots = new Set(scope);
  const asked = units.filter(({ unit, path }) => liesIn(path, roots) && (!chosen || chosen.has(unit)));
  if (asked.length === 0) throw refuse('bad-request', 'scope: the briefing expects nobody there');
  return asked;
}

/** RC5 */
function askedAgain(former: Former, now: Date): readonly AskedUnit[] {
  const { whom, units, entries } = former;
  if (whom === 'all') return units;
  const round = formerOf(former);
  const facts = new Map<string, UnitFacts>();
  for (const record of entries) facts.set(record.unit, withRecord(facts.get(record.unit) ?? NOTHING, record));
  const state = stateAt(round, now);
  const missing = units.filter(({ unit }) => {
    const entry = entryState(facts.get(unit) ?? NOTHING, round.proof, state);
    return entry === 'called' || entry === 'absent';
  });
  if (missing.length === 0) throw refuse('conflict', 'nobody is missing in that round');
  return missing;
}
