import { assertNever } from '../../lib/assertNever.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';
import type { QuestionState } from '../../protocol/question.ts';
import { liesIn, upFrom } from '../shared/territory.ts';

export type QuestionActKind = 'ask' | 'change' | 'withdraw' | 'pass' | 'decline' | 'join' | 'air' | 'write';

/** One act on one question, as it stands in the record. */
export interface QuestionAct {
  readonly briefing: string;
  readonly seq: number;
  readonly question: string;
  readonly key: string;
  readonly act: QuestionActKind;
  readonly at: Date;
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly words: string | null;
  readonly desk: UnitPath | null;
  readonly chosen: boolean;
  readonly joined: string | null;
  readonly account: string;
  readonly by: string;
  readonly identity: string;
  readonly address: string;
  readonly person: Person | null;
}

interface Said {
  readonly at: Date;
  readonly by: string;
}

/** A question, as its acts have made it. */
export interface QuestionFacts {
  readonly id: string;
  readonly briefing: string;
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly text: string;
  readonly askedAt: Date;
  readonly person: Person | null;
  /** Of its last act. */
  readonly seq: number;
  /** QU3: acts of its own unit. */
  readonly own: number;
  readonly desk: UnitPath;
  readonly chosen: boolean;
  /** QU4: somebody has decided on it. */
  readonly taken: boolean;
  readonly end: { readonly kind: 'withdrawn' | 'declined'; readonly at: Date; readonly why: string } | undefined;
  /** QU8 */
  readonly into: string | null;
  readonly air: Said | undefined;
  readonly written: (Said & { readonly words: string }) | undefined;
}

/** QU8: where a question stands: where it is itself, or the last of those with which it was joined. */
export function standsAt(question: QuestionFacts, find: (id: string) => QuestionFacts | undefined): QuestionFacts {
  const into = question.into === null ? undefined : find(question.into);
  return into ? standsAt(into, find) : question;
}

/** The question after one more act on it. @param before undefined for the first, which asks it */
export function afterAct(before: QuestionFacts | undefined, act: QuestionAct): QuestionFacts {
  if (!before) return asked(act);
  const { at, by, words } = act;
  const next = { ...before, seq: act.seq };
  switch (act.act) {
    case 'ask':
    case 'change':
      return { ...next, text: words ?? '', person: act.person, own: before.own + 1 };
    case 'withdraw':
      return { ...next, own: before.own + 1, end: { kind: 'withdrawn', at, why: '' } };
    case 'pass':
      return { ...next, taken: true, desk: act.desk ?? before.desk, chosen: act.chosen };
    case 'decline':
      return { ...next, taken: true, end: { kind: 'declined', at, why: words ?? '' } };
    case 'join':
      return { ...next, taken: true, into: act.joined };
    case 'air':
      return { ...next, taken: true, air: { at, by } };
    case 'write':
      return { ...next, taken: true, written: { at, by, words: words ?? '' } };
    default:
      return assertNever(act.act);
  }
}

const asked = ({ question: id, briefing, unit, path, words, at, person, seq, desk }: QuestionAct): QuestionFacts => ({
  ...{ id, briefing, unit, path, text: words ?? '', askedAt: at, person, seq, own: 1 },
  ...{
    desk: desk ?? path,
    chosen: false,
    taken: false,
    end: undefined,
    into: null,
    air: undefined,
    written: undefined,
  },
});

export const isAnswered = ({ air, written }: QuestionFacts): boolean => air !== undefined || written !== undefined;

/** QU3: it waits for an answer. One of the same matter as another counts as that one does. */
export const isOpen = (question: QuestionFacts): boolean => !isAnswered(question) && question.end === undefined;

/** QU5: the desk of the next tier over a path, at most that of the stage. */
export function deskOver(path: UnitPath, stage: UnitPath): UnitPath {
  const [, above] = upFrom(path);
  return above !== undefined && liesIn(above, new Set([stage])) ? above : stage;
}

/** Where it stands by itself. */
export function stateOf({ air, written, end, chosen, taken, desk }: QuestionFacts): QuestionState {
  if (air || written)
    return {
      kind: 'answered',
      air: air ? { at: air.at.toISOString(), by: air.by } : null,
      written: written ? { at: written.at.toISOString(), by: written.by, words: written.words } : null,
    };
  if (end?.kind === 'declined') return { kind: 'declined', why: end.why, at: end.at.toISOString() };
  if (end) return { kind: 'withdrawn', at: end.at.toISOString() };
  if (chosen) return { kind: 'chosen' };
  return taken ? { kind: 'passed', to: desk } : { kind: 'sent' };
}
