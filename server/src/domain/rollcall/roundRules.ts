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

/** RC3, RC8: whether an answer at that moment is on time (open), late (due), or none any more (closed). */
export function stateAt(round: Pick<RoundFacts, 'deadline' | 'lateUntil' | 'closedAt'>, now: Date): RoundState {
  if (round.closedAt !== null || now >= round.lateUntil) return 'closed';
  return now >= round.deadline ? 'due' : 'open';
}

/** DL4: how often those who have not answered should have been asked again by now. */
export function repromptsUntil(round: Pick<RoundFacts, 'openedAt' | 'repromptSeconds'>, now: Date): number {
  if (round.repromptSeconds === null) return 0;
  return Math.max(0, Math.floor((now.getTime() - round.openedAt.getTime()) / (round.repromptSeconds * 1000)));
}

/** RC11: the round as officials see it; `asSeatSees` is for everybody else. */
export function asOfficialSees(round: RoundFacts, state: RoundState): Round {
  const { scope, answerers, quorum, openedAt, deadline, lateUntil, closedAt, number, ...rest } = round;
  return {
    ...rest,
    scope: [...scope],
    answerers: [...answerers],
    quorum: quorum && { tier: quorum.tier, percent: quorum.percent },
    openedAt: openedAt.toISOString(),
    deadline: deadline.toISOString(),
    lateUntil: lateUntil.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    challenge: state === 'closed' ? null : round.challenge,
    state,
    ...(number && { number }),
  };
}

export const asSeatSees = (round: RoundFacts, state: RoundState): Round => ({
  ...asOfficialSees(round, state),
  challenge: null,
});
