import { after, type FollowStatus, step } from '../directive/follow.ts';
import { type EntryRecord, isOwn } from '../rollcall/entryRules.ts';
import { MOST_OWN_ANSWERS } from '../rollcall/limits.ts';
import type { ActRow, AnswerRow, Offered } from './offered.ts';

export type Fate = 'taken' | 'overtaken' | 'gone';

/** What is known under the lock of the chain. */
export interface LostMoment {
  /** Of the offers, by their place: those that are on record, with what became of them. */
  readonly standing: readonly (Fate | 'stands' | undefined)[];
  /** Likewise, RS7: whether something else is on record under the same key, or was sent again under it before. */
  readonly underKey: readonly ('here' | 'again' | undefined)[];
  /** Likewise: the restore that had lost the seal; undefined: none has. */
  readonly lostBy: readonly (string | undefined)[];
  /** Rounds that are there: number of the last entry, and which of the units they ask. */
  readonly rounds: ReadonlyMap<string, { readonly seq: number; readonly asks: ReadonlySet<string> }>;
  /** What is recorded in them for these units. */
  readonly entries: readonly EntryRecord[];
  /** By `aboutKey`, addressees that are there. latest: when they have last answered. */
  readonly addressees: ReadonlyMap<
    string,
    { readonly status: FollowStatus; readonly superseded: boolean; readonly latest: string | null }
  >;
}

export interface TakenIn {
  /** In the order of the offers; `restore` with everything that is to be recorded. */
  readonly decisions: readonly (
    | { readonly outcome: Fate; readonly restore: string; readonly seq?: number }
    | { readonly outcome: Fate | 'stands' | 'not-lost'; readonly restore?: undefined; readonly seq?: undefined }
  )[];
  /** The number of the last entry of each round that gets more. */
  readonly last: ReadonlyMap<string, number>;
  /** Where those stand whom this moves, by `aboutKey`. */
  readonly moved: ReadonlyMap<string, { readonly status: FollowStatus }>;
}

export const aboutKey = ({ about, row: { unit } }: Pick<Offered, 'about' | 'row'>): string => `${about} ${unit}`;
const offerKey = (offer: Offered): string => `${aboutKey(offer)} ${offer.row.key}`;

const OVERTAKEN: { readonly fate: Fate; readonly seq?: number } = { fate: 'overtaken' };

/** When it came in, for comparison: texts of PostgreSQL have no, three or six digits. */
const timeOf = (at: string): number => Date.parse(at);

/**
 * RS2, RS3: what becomes of proven receipts, each after what those before it have done. Pure.
 * @param offers in the order of their seals
 */
export function decideTakenIn(offers: readonly Offered[], moment: LostMoment): TakenIn {
  const facts = new Map<string, EntryRecord[]>();
  for (const record of moment.entries) {
    const key = `${record.round} ${record.unit}`;
    facts.set(
      key,
      [...(facts.get(key) ?? []), record].sort((a, b) => a.seq - b.seq),
    );
  }
  const last = new Map<string, number>();
  const moved = new Map<string, { status: FollowStatus }>();
  const here = new Map<string, { readonly fate: Fate; readonly hash: string }>();

  const decideAnswer = (offer: Offered, row: AnswerRow): { fate: Fate; seq?: number } => {
    const round = moment.rounds.get(row.round);
    if (!round?.asks.has(row.unit)) return { fate: 'gone' };
    const before = facts.get(aboutKey(offer)) ?? [];
    if (isOvertaken(before, row)) return { fate: 'overtaken' };
    const seq = (last.get(row.round) ?? round.seq) + 1;
    last.set(row.round, seq);
    facts.set(aboutKey(offer), [...before, recordAgain(row, seq)]);
    return { fate: 'taken', seq };
  };

  const decideAct = (offer: Offered, row: ActRow): { fate: Fate } => {
    const addressee = moment.addressees.get(aboutKey(offer));
    if (!addressee) return { fate: 'gone' };
    const now = moved.get(aboutKey(offer))?.status ?? addressee.status;
    const next = step(now, row.act, addressee.superseded);
    const isLater = addressee.latest !== null && timeOf(addressee.latest) > timeOf(row.at);
    if (next.kind !== 'step' || isLater) return { fate: 'overtaken' };
    moved.set(aboutKey(offer), { status: after(now, next.state, row) });
    return { fate: 'taken' };
  };

  const decideNew = (offer: Offered): { fate: Fate; seq?: number } =>
    offer.kind === 'answer' ? decideAnswer(offer, offer.row) : decideAct(offer, offer.row);

  const decisions = offers.map((offer, i): TakenIn['decisions'][number] => {
    const { hash } = offer.receipt;
    const before = here.get(offerKey(offer));
    const stands = moment.standing[i] ?? (before && before.hash === hash ? before.fate : undefined);
    if (stands) return { outcome: stands };
    const restore = moment.lostBy[i];
    if (restore === undefined) return { outcome: 'not-lost' };
    // RS7: a key has one row in each table.
    const underKey = before ? 'again' : moment.underKey[i];
    if (underKey === 'again') return { outcome: 'overtaken' };
    const { fate, ...more } = underKey === 'here' ? OVERTAKEN : decideNew(offer);
    here.set(offerKey(offer), { fate, hash });
    return { outcome: fate, restore, ...more };
  });
  return { decisions, last, moved };
}

/** What the unit has said after it stays; and a correction stands only behind what it corrects. */
function isOvertaken(before: readonly EntryRecord[], row: AnswerRow): boolean {
  const own = before.filter(isOwn);
  if (own.some(({ at }) => at.getTime() > timeOf(row.at))) return true;
  if (row.kind === 'answer') return own.length > 0;
  // RC25: an absence is the first answer of its unit, or corrects one.
  if (row.kind === 'absence' && own.length === 0) return false;
  return own.length >= MOST_OWN_ANSWERS || own.at(-1)?.account !== row.account;
}

/** With the moment and the lateness of then (RS3). */
export const recordAgain = (row: AnswerRow, seq: number): EntryRecord => {
  const { round, unit, kind, key, late, account, account_name: by, identity, answerer, name, note } = row;
  return { round, unit, seq, kind, key, at: new Date(row.at), late, account, by, identity, answerer, name, note };
};
