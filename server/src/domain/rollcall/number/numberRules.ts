import { refuse } from '../../../protocol/errors.ts';
import type { AskedNumber, GivenNumber } from '../../../protocol/rollcallNumber.ts';
import type { EntryAsk, EntryRecord } from '../entryRules.ts';

/** FG30: a number as it came with an entry, in steps. */
export interface SaidNumber {
  readonly value: number;
  /** FG31: it is on record, and in no sum. */
  readonly held: boolean;
}

/** Kinds of entries that a number may come with. */
const WITH_NUMBER: ReadonlySet<EntryAsk['kind']> = new Set(['answer', 'correction', 'official', 'number']);

/** FG31. @throws DomainError `bad-request` */
export function checkNumber(asked: AskedNumber | undefined, ask: Pick<EntryAsk, 'kind' | 'number' | 'note'>): void {
  const { kind, number, note } = ask;
  if (kind === 'number' && !number) throw refuse('bad-request', 'number: which one is it?');
  if (kind === 'number' && note === null) throw refuse('bad-request', 'note: a number is changed with a reason');
  if (!number) return;
  if (!asked) throw refuse('bad-request', 'number: this round asks for none');
  if (!WITH_NUMBER.has(kind)) throw refuse('bad-request', `number: none comes with ${kind}`);
  const { min, max } = asked;
  if (number.value < min || number.value > max)
    throw refuse('bad-request', `number: it lies between ${min} and ${max} steps`);
}

/**
 * FG30, FG31: the number of a unit that counts: that of the record which makes its entry what it is, or what an official
 * has changed it to since. A unit that is excused or says that it is absent has none, nor
 * has one that answered without.
 * @param counts RC7: the record that makes the entry what it is
 */
export function numberOf(facts: readonly EntryRecord[], counts: EntryRecord | undefined): GivenNumber | undefined {
  if (!counts || counts.kind === 'excused' || counts.kind === 'absence') return undefined;
  const changed = facts.findLast(({ kind, seq }) => kind === 'number' && seq > counts.seq);
  if (changed?.number) return { ...changed.number, changed: { by: changed.by, why: changed.note ?? '' } };
  return counts.number && { ...counts.number };
}
