import type { Entry, Round, RoundCount, RoundTick } from '../contract.ts';

/** RC27: a count with those who reported absent apart from the silent ones: its states add up to `expected`. */
export type ShownCount = RoundCount & { readonly away: number };
const shownCount = (told: RoundCount): ShownCount => {
  const { away = 0 } = told;
  return { ...told, away, absent: told.absent - away };
};

/** What the server tells officials of one round, with what has changed lately. */
export interface RoundFigures {
  readonly at: string;
  /** By unit: the root of the territory and every row that a round has for it (RC15). */
  readonly counts: ReadonlyMap<string, ShownCount>;
  /** How many more have answered than at `base`, by unit; zeros are left out. */
  readonly deltas: ReadonlyMap<string, number>;
  readonly quorum: RoundTick['quorum'];
  readonly base: { readonly at: string; readonly counted: ReadonlyMap<string, number> };
}

/** Ticks come up to four times a second; a growth that changed as often could not be read. */
const DELTA_MS = 3_000;

/** Units whose answer is there, whoever gave or wrote it. */
export const answeredOf = (count: RoundCount): number =>
  count.answered + count.late + count.substituted + count.official;
/** Units that nothing is known of yet, or that said nothing. */
export const missingOf = (count: ShownCount): number => count.called + count.absent;
/** Units that a quorum counts: an excused one need not be there. */
export const neededOf = (count: RoundCount): number => count.expected - count.excused;

export function takeTick(before: RoundFigures | undefined, tick: RoundTick): RoundFigures {
  const counts = new Map(tick.full ? [] : before?.counts);
  for (const count of tick.counts) counts.set(count.unit, shownCount(count));
  const base = baseOf(before, tick, counts);
  const deltas = new Map<string, number>();
  for (const [unit, count] of counts) {
    const delta = answeredOf(count) - (base.counted.get(unit) ?? answeredOf(count));
    if (delta !== 0) deltas.set(unit, delta);
  }
  return { at: tick.at, counts, deltas, quorum: tick.quorum ?? before?.quorum, base };
}

function baseOf(
  before: RoundFigures | undefined,
  tick: RoundTick,
  counts: ReadonlyMap<string, RoundCount>,
): RoundFigures['base'] {
  const fresh = before && Date.parse(tick.at) - Date.parse(before.base.at) < DELTA_MS;
  if (before && fresh) return before.base;
  // The first tick of a connection says how it stands; nothing of it is new.
  const rows = before?.counts ?? counts;
  return { at: tick.at, counted: new Map([...rows].map(([unit, count]) => [unit, answeredOf(count)])) };
}

/** With the round in it, in the order of their numbers; an older version than the known one changes nothing. */
export function withRound(rounds: readonly Round[], round: Round): readonly Round[] {
  const known = rounds.find(({ id }) => id === round.id);
  if (known && known.version > round.version) return rounds;
  return [...rounds.filter(({ id }) => id !== round.id), round].sort((a, b) => a.nr - b.nr);
}

export type Phase = 'open' | 'due' | 'closed';
/** By the server's clock: the deadline passes without a word from it. @param now milliseconds */
export function phaseOf(round: Round, now: number): Phase {
  if (round.state === 'closed' || now >= Date.parse(round.lateUntil)) return 'closed';
  // RC3: what is on record as due is so by any clock.
  return round.state === 'due' || now >= Date.parse(round.deadline) ? 'due' : 'open';
}

/** Whether the unit still owes an answer. One that waits for confirmation has been given. */
export const isOwing = (entry: Entry | undefined): boolean =>
  entry === undefined || ((entry.state === 'called' || entry.state === 'absent') && !entry.unconfirmed && !entry.away);
