import { assertNever } from '../../lib/assertNever.ts';
import { refuse } from '../../protocol/errors.ts';
import type { AnswerAsk, Answerer, EntryState, Proof, RoundState } from '../../protocol/rollcall.ts';
import { MOST_OWN_ANSWERS } from './limits.ts';
import { checkNumber, numberOf, type SaidNumber } from './number/numberRules.ts';
import type { RoundFacts } from './roundRules.ts';

/**
 * correction: the unit's own answer again, in the place of its last one (RC20). absence: the unit's own answer that it is
 * absent, the first one or in the place of its last (RC25). number: an official changes its number (FG30).
 */
export type EntryKind = 'answer' | 'correction' | 'absence' | 'official' | 'excused' | 'confirm' | 'number';

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
  /**
   * Which of the unit's own answers a correction or a confirmation means, 1, 2, 3 …; undefined: whichever is the last, and
   * an absence is then the unit's first answer.
   */
  readonly own?: number | undefined;
  /** FG30 */
  readonly number?: SaidNumber | undefined;
  /** RC8: when it came in, by PostgreSQL's clock as the node knows it. */
  readonly received: Date;
}

/** What somebody of the unit says (RC20: in the place of what they said before). @param held FG31 */
export const answerAsk = (
  ask: AnswerAsk,
  unit: string,
  by: EntryAsk['by'],
  received: Date,
  held: boolean = false,
): EntryAsk => ({
  round: ask.round,
  unit,
  kind: ask.absence !== undefined ? 'absence' : ask.corrects === undefined ? 'answer' : 'correction',
  key: ask.key,
  by,
  answerer: ask.answerer ?? null,
  name: ask.name ?? null,
  note: ask.absence ?? null,
  challenge: ask.challenge ?? null,
  own: ask.corrects,
  ...(ask.number !== undefined && { number: { value: ask.number, held } }),
  received,
});

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
  readonly account: string;
  /** Name of the account. */
  readonly by: string;
  readonly identity: string;
  readonly answerer: Answerer | null;
  readonly name: string | null;
  readonly note: string | null;
  /** FG30 */
  readonly number?: SaidNumber | undefined;
  /** RS3: when it was sent again, after a restore had lost it. */
  readonly resubmittedAt?: Date | undefined;
}

/** All that is recorded for one unit, in the order in which it was recorded. */
export type UnitFacts = readonly EntryRecord[];
export const NOTHING: UnitFacts = [];

/** Records of the same unit that come in any order. */
export const withRecord = (facts: UnitFacts, record: EntryRecord): UnitFacts =>
  facts.length === 0 ? [record] : [...facts, record].sort((a, b) => a.seq - b.seq);

type Kind = { readonly kind: EntryKind };

/** Said by the unit itself. */
export const isOwn = ({ kind }: Kind): boolean => kind === 'answer' || kind === 'correction' || kind === 'absence';
/** RC25 */
const isAbsence = ({ kind }: Kind): boolean => kind === 'absence';
const theOne = <R extends Kind>(facts: readonly R[], kind: EntryKind): R | undefined =>
  facts.find((record) => record.kind === kind);

/**
 * RC12, RC20: the unit's own answer that counts: its last, or the last that an official has confirmed; an absence needs no
 * confirmation (RC25).
 */
export function goodAnswer<R extends Kind>(facts: readonly R[], proof: Proof): R | undefined {
  if (proof !== 'official') return facts.findLast(isOwn);
  const confirmed = facts.findLastIndex(({ kind }) => kind === 'confirm');
  return facts.findLast((record, i) => isAbsence(record) || (isOwn(record) && i < confirmed));
}

/** The record that makes the entry what it is (RC7); undefined: there is none. */
export function decisive<R extends Kind>(facts: readonly R[], proof: Proof): R | undefined {
  const own = goodAnswer(facts, proof);
  const excuse = theOne(facts, 'excused');
  // RC26: who is excused need not be there, and stays excused.
  if (excuse && own && isAbsence(own)) return excuse;
  return own ?? theOne(facts, 'official') ?? excuse;
}

/**
 * RC7, AT9: how a unit stands with a round, of which these kinds are recorded, in that order.
 * @param over its deadline has passed, or it is closed
 */
export function standingWith(
  kinds: readonly EntryKind[],
  proof: Proof,
  over: boolean,
): 'answered' | 'excused' | 'unconfirmed' | 'missed' | 'away' | 'open' {
  const facts = kinds.map((kind) => ({ kind }));
  const record = decisive(facts, proof);
  if (record && !isAbsence(record)) return record.kind === 'excused' ? 'excused' : 'answered';
  if (!record && facts.some(isOwn)) return 'unconfirmed';
  if (!over) return 'open';
  return record ? 'away' : 'missed';
}

/** RC7 */
export function entryState(
  facts: readonly Pick<EntryRecord, 'kind' | 'late' | 'answerer'>[],
  proof: Proof,
  round: RoundState,
): EntryState {
  const record = decisive(facts, proof);
  if (!record && facts.some(isOwn)) return 'unconfirmed';
  if (!record) return round === 'open' ? 'called' : 'absent';
  switch (record.kind) {
    case 'official':
    case 'excused':
      return record.kind;
    case 'absence':
      return 'away';
    default:
      if (record.late) return 'late';
      return record.answerer === 'substitute' ? 'substituted' : 'answered';
  }
}

/** FG30: the number of a unit that counts; undefined: it has none. */
export const countedNumber = (facts: UnitFacts, proof: Proof) => numberOf(facts, decisive(facts, proof));

type Rules = Pick<RoundFacts, 'answerers' | 'proof' | 'challenge' | 'number'>;

/**
 * RC8 to RC12, RC20: what an ask does to a unit. Pure.
 * @returns the record that stands already; undefined: it is to be recorded now
 * @throws DomainError `too-late`, `forbidden`, `bad-request`, `wrong-proof`, `conflict`
 */
export function decideEntry(rules: Rules, state: RoundState, facts: UnitFacts, ask: EntryAsk): EntryRecord | undefined {
  const standing = standingFor(rules, facts, ask);
  // DL8: also when the round has closed in the meantime.
  if (standing) return standing;
  if (state === 'closed' && ask.kind !== 'number') throw refuse('too-late', 'this round takes no answers any more');
  checkNumber(rules.number, ask);
  switch (ask.kind) {
    case 'answer':
      checkAnswer(rules, state, ask);
      return undefined;
    case 'correction':
      checkCorrection(state, facts, ask);
      checkAnswer(rules, state, ask);
      return undefined;
    case 'absence':
      if (isCorrecting(ask)) checkCorrection(state, facts, ask);
      checkAbsence(ask);
      return undefined;
    case 'official':
      if (facts.some(isOwn)) throw refuse('conflict', 'the unit has answered itself: confirm its answer');
      return undefined;
    case 'excused':
      return undefined;
    case 'confirm':
      checkMeant(facts, ask);
      return undefined;
    case 'number':
      checkChange(state, facts, decisive(facts, rules.proof));
      return undefined;
    default:
      return assertNever(ask.kind);
  }
}

/** RC9: the record that an ask repeats, or comes too late against. */
function standingFor(rules: Rules, facts: UnitFacts, ask: EntryAsk): EntryRecord | undefined {
  const own = facts.findLast(isOwn);
  const repeated = facts.find((record) => record.key === ask.key);
  if (repeated && repeated.kind !== ask.kind) throw refuse('conflict', 'this key was used for something else');
  if (repeated) return repeated;
  switch (ask.kind) {
    case 'answer':
      return own;
    case 'absence':
      return isCorrecting(ask) ? undefined : own;
    case 'correction':
    case 'number':
      return undefined;
    case 'confirm':
      if (!own || rules.proof !== 'official' || isAbsence(own)) return own;
      return theOne(facts.slice(facts.indexOf(own)), 'confirm');
    case 'official':
      return goodAnswer(facts, rules.proof) ?? theOne(facts, 'official');
    default:
      return decisive(facts, rules.proof);
  }
}

/** FG30: after the deadline, of a unit that has answered. */
function checkChange(state: RoundState, facts: UnitFacts, counts: EntryRecord | undefined): void {
  if (state === 'open') throw refuse('conflict', 'until the deadline the unit changes its number itself');
  if (!counts || counts.kind === 'excused' || isAbsence(counts))
    throw refuse('conflict', 'the unit has not answered: it has no number');
  if (facts.filter(({ kind }) => kind === 'number').length >= MOST_OWN_ANSWERS)
    throw refuse('conflict', `a number is changed ${MOST_OWN_ANSWERS} times at most`);
}

/** RC20: in the place of the unit's last answer. */
export const isCorrecting = ({ kind, own }: Pick<EntryAsk, 'kind' | 'own'>): boolean =>
  kind === 'correction' || (kind === 'absence' && own !== undefined);

/** RC20, but for what the new answer says. */
function checkCorrection(state: RoundState, facts: UnitFacts, ask: EntryAsk): void {
  if (state !== 'open') throw refuse('too-late', 'an answer is corrected until the deadline');
  checkMeant(facts, ask);
  if (facts.findLast(isOwn)?.account !== ask.by.account)
    throw refuse('forbidden', 'an answer is corrected by who gave it');
  if (facts.filter(isOwn).length >= MOST_OWN_ANSWERS)
    throw refuse('conflict', `an answer is corrected ${MOST_OWN_ANSWERS - 1} times at most`);
}

/** RC25: somebody of the unit says it, whoever that is; without digits, since it proves nobody's presence. */
function checkAbsence({ answerer, name, note }: EntryAsk): void {
  if (note === null) throw refuse('bad-request', 'absence: why is the unit absent?');
  if (answerer !== null || name !== null) throw refuse('bad-request', 'absence: nobody answers as present with it');
}

/** Nobody corrects or confirms what they have not seen. */
function checkMeant(facts: UnitFacts, { kind, own }: EntryAsk): void {
  const last = facts.filter(isOwn).length;
  if (last === 0) throw refuse('conflict', `the unit has not answered: there is nothing to ${kind}`);
  if (own !== undefined && own !== last) throw refuse('conflict', 'the unit has corrected its answer in the meantime');
}

function checkAnswer({ answerers, proof, challenge }: Rules, state: RoundState, ask: EntryAsk): void {
  if (ask.answerer === null) throw refuse('bad-request', 'answerer: who answers for the unit?');
  if (!answerers.includes(ask.answerer)) throw refuse('forbidden', `this round is not answered by a ${ask.answerer}`);
  if (ask.answerer === 'substitute' && ask.name === null)
    throw refuse('bad-request', 'name: a substitute says his name');
  // RC11: after the deadline they are shown no more, and a late answer proves nothing.
  if (proof === 'challenge' && state === 'open' && ask.challenge !== challenge)
    throw refuse('wrong-proof', 'these are not the digits on the stage');
}
