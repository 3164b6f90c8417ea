import type { UnitPath } from '../../protocol/organisation.ts';
import type { Answerer, Proof, Quorum, Round, RoundState } from '../../protocol/rollcall.ts';
import type { AskedNumber } from '../../protocol/rollcallNumber.ts';

/** What is kept of a round: the opening, and what acts on it have moved since. */
export interface RoundFacts {
  readonly id: string;
  readonly briefing: string;
  readonly nr: number;
  readonly question: string;
  readonly scope: readonly UnitPath[];
  readonly expected: number;
  readonly openedAt: Date;
  readonly deadline: Date;
  readonly lateUntil: Date;
  readonly closedAt: Date | null;
  /** RC3: since when it is on record as due; undefined: it is not, or was extended since. */
  readonly dueAt?: Date | undefined;
  readonly repromptSeconds: number | null;
  readonly answerers: readonly Answerer[];
  readonly proof: Proof;
  readonly challenge: string | null;
  readonly quorum: (Quorum & { readonly units: readonly UnitPath[] }) | null;
  /** FG30: undefined: it asks for none. */
  readonly number?: AskedNumber | undefined;
  /** FG67: whose units it asks; undefined: those of its scope. */
  readonly selection?: string | undefined;
  readonly reopens: string | null;
  /** Name of the account that opened it. */
  readonly by: string;
  readonly version: number;
}

type Moments = Pick<RoundFacts, 'deadline' | 'lateUntil' | 'closedAt' | 'dueAt'>;

/** RC3: where a round stands at that moment. */
export function stateAt(round: Moments, now: Date): RoundState {
  const state = takenAt(round, now);
  return state === 'open' && round.dueAt ? 'due' : state;
}

/** RC8: whether what came in at that moment is on time (open), late (due), or none any more (closed). */
export function takenAt(round: Moments, received: Date): RoundState {
  if (round.closedAt !== null || received >= round.lateUntil) return 'closed';
  return received >= round.deadline ? 'due' : 'open';
}

/** RC8: PostgreSQL's clock, and no earlier than what the round has reached already: it may have been set back. */
export function notBefore({ openedAt, dueAt }: Pick<RoundFacts, 'openedAt' | 'dueAt'>, now: Date): Date {
  return new Date(Math.max(now.getTime(), openedAt.getTime(), dueAt?.getTime() ?? 0));
}

/** DL4: how often those who have not answered should have been asked again by now. */
export function repromptsUntil(round: Pick<RoundFacts, 'openedAt' | 'repromptSeconds'>, now: Date): number {
  if (round.repromptSeconds === null) return 0;
  return Math.max(0, Math.floor((now.getTime() - round.openedAt.getTime()) / (round.repromptSeconds * 1000)));
}

/** RC11: the round as officials see it; `asSeatSees` is for everybody else. */
export function asOfficialSees(round: RoundFacts, state: RoundState): Round {
  const { scope, answerers, quorum, openedAt, deadline, lateUntil, closedAt, number, dueAt: _, ...rest } = round;
  return {
    ...rest,
    scope: [...scope],
    answerers: [...answerers],
    quorum: quorum && { tier: quorum.tier, percent: quorum.percent },
    openedAt: openedAt.toISOString(),
    deadline: deadline.toISOString(),
    lateUntil: lateUntil.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    challenge: state === 'open' ? round.challenge : null,
    state,
    ...(number && { number }),
  };
}

/** FG145: the label of a number is what it is asked by; which indicator it is for may not be theirs to know. */
export function asSeatSees(round: RoundFacts, state: RoundState): Round {
  const seen = asOfficialSees(round, state);
  return { ...seen, challenge: null, ...(seen.number && { number: { ...seen.number, indicator: null } }) };
}
