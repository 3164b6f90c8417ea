import { assertNever } from '../../lib/assertNever.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Answerer, Entry, EntryState, Proof, RoundState } from '../../protocol/rollcall.ts';
import type { RoundFacts } from './roundRules.ts';

export type EntryKind = 'answer' | 'official' | 'excused' | 'confirm';

/** The acts that record an entry, as the wire calls them. */
export const ENTRY_ACTS: ReadonlySet<string> = new Set(['round.answer', 'round.enter']);

/** What somebody wants recorded for a unit. */
export interface EntryAsk {
  readonly round: string;
  readonly unit: string;
  readonly kind: EntryKind;
  readonly key: string;
  readonly by: { readonly account: string; readonly name: string; readonly identity: string; readonly address: string };
  readonly answerer: Answerer | null;
  readonly name: string | null;
  readonly note: string | null;
  readonly challenge: string | null;
  /** RC8: when it came in, by PostgreSQL's clock as the node knows it. */
  readonly received: Date;
}

/** What was recorded for a unit. */
export interface EntryRecord {
  readonly round: string;
  readonly unit: string;
  /** 1, 2, 3 … within the round. */
  readonly seq: number;
  readonly kind: EntryKind;
  readonly key: string;
  /** When it came in; the seal has the moment in which it was recorded. */
  readonly at: Date;
  readonly late: boolean;
  /** Name of the account. */
  readonly by: string;
  readonly identity: string;
  readonly answerer: Answerer | null;
  readonly name: string | null;
  readonly note: string | null;
}

/** All that is recorded for one unit: at most one of each kind. */
export type UnitFacts = Readonly<Partial<Record<EntryKind, EntryRecord>>>;
export const NOTHING: UnitFacts = {};

type ByKind<T> = Readonly<Partial<Record<EntryKind, T>>>;

/** RC12: whether the unit's own answer counts. */
const goodAnswer = <T>(facts: ByKind<T>, proof: Proof): T | undefined =>
  proof !== 'official' || facts.confirm !== undefined ? facts.answer : undefined;

/** The record that makes the entry what it is (RC7); undefined: there is none. */
const decisive = <T>(facts: ByKind<T>, proof: Proof): T | undefined =>
  goodAnswer(facts, proof) ?? facts.official ?? facts.excused;

/**
 * RC7, AT9: how a unit stands with a round, of which these kinds are recorded.
 * @param over its deadline has passed, or it is closed
 */
export function standingWith(
  kinds: readonly EntryKind[],
  proof: Proof,
  over: boolean,
): 'answered' | 'excused' | 'missed' | 'open' {
  const kind = decisive(Object.fromEntries(kinds.map((k) => [k, k])) as ByKind<EntryKind>, proof);
  if (kind !== undefined) return kind === 'excused' ? 'excused' : 'answered';
  return over ? 'missed' : 'open';
}

/** RC7 */
export function entryState(facts: UnitFacts, proof: Proof, round: RoundState): EntryState {
  const record = decisive(facts, proof);
  if (!record) return round === 'open' ? 'called' : 'absent';
  switch (record.kind) {
    case 'official':
    case 'excused':
      return record.kind;
    default:
      if (record.late) return 'late';
      return record.answerer === 'substitute' ? 'substituted' : 'answered';
  }
}

/** The entry as everybody who may see it sees it. */
export function toEntry(
  at: { readonly round: string; readonly unit: string; readonly path: string },
  facts: UnitFacts,
  proof: Proof,
  round: RoundState,
): Entry {
  const counts = decisive(facts, proof);
  const shown = counts ?? facts.answer;
  return {
    round: at.round,
    unit: at.unit,
    path: at.path,
    state: entryState(facts, proof, round),
    at: shown?.at.toISOString() ?? null,
    answerer: shown?.answerer ?? null,
    name: shown?.name ?? null,
    by: shown?.by ?? null,
    note: shown?.note ?? null,
    unconfirmed: counts === undefined && facts.answer !== undefined,
  };
}

type Rules = Pick<RoundFacts, 'answerers' | 'proof' | 'challenge'>;

/**
 * RC8 to RC12: what an ask does to a unit. Pure.
 * @returns the record that stands already; undefined: it is to be recorded now
 * @throws DomainError `too-late`, `forbidden`, `bad-request`, `wrong-proof`, `conflict`
 */
export function decideEntry(rules: Rules, state: RoundState, facts: UnitFacts, ask: EntryAsk): EntryRecord | undefined {
  const standing = standingFor(rules, facts, ask);
  // DL8: also when the round has closed in the meantime.
  if (standing) return standing;
  if (state === 'closed') throw refuse('too-late', 'this round takes no answers any more');
  switch (ask.kind) {
    case 'answer':
      checkAnswer(rules, ask);
      return undefined;
    case 'official':
      if (facts.answer) throw refuse('conflict', 'the unit has answered itself: confirm its answer');
      return undefined;
    case 'excused':
      return undefined;
    case 'confirm':
      if (!facts.answer) throw refuse('conflict', 'the unit has not answered: there is nothing to confirm');
      return undefined;
    default:
      return assertNever(ask.kind);
  }
}

/** RC9: the record that an ask repeats, or comes too late against. */
function standingFor(rules: Rules, facts: UnitFacts, ask: EntryAsk): EntryRecord | undefined {
  const repeated = Object.values(facts).find((record) => record.key === ask.key);
  if (repeated && repeated.kind !== ask.kind) throw refuse('conflict', 'this key was used for something else');
  if (repeated) return repeated;
  switch (ask.kind) {
    case 'answer':
      return facts.answer ?? facts.official;
    case 'confirm':
      if (!facts.answer) return undefined;
      return rules.proof === 'official' ? facts.confirm : facts.answer;
    case 'official':
      return goodAnswer(facts, rules.proof) ?? facts.official;
    default:
      return decisive(facts, rules.proof);
  }
}

function checkAnswer({ answerers, proof, challenge }: Rules, ask: EntryAsk): void {
  if (ask.answerer === null || !answerers.includes(ask.answerer))
    throw refuse('forbidden', `this round is not answered by a ${ask.answerer}`);
  if (ask.answerer === 'substitute' && ask.name === null)
    throw refuse('bad-request', 'name: a substitute says his name');
  if (proof === 'challenge' && ask.challenge !== challenge)
    throw refuse('wrong-proof', 'these are not the digits on the stage');
}
