import { useState } from 'react';
import { type Phase, phaseOf, type RoundFigures, type ShownCount } from '../../api/channel/rounds.ts';
import type { NumberSum, Round } from '../../api/contract.ts';
import { within } from '../../api/contract.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useNow } from '../../ui/useNow.ts';

/** The rounds of an official's territory, and the one that is looked at: the newest, unless another was chosen. */
export interface Rounds {
  readonly all: readonly Round[];
  readonly shown: ShownRound | undefined;
  readonly choose: (round: string | undefined) => void;
  /** Whether this account may open rounds at all. */
  readonly mayOpen: boolean;
}
export interface ShownRound {
  readonly round: Round;
  /** By the server's clock. */
  readonly phase: Phase;
  readonly secondsLeft: number;
  readonly figures: RoundFigures | undefined;
  /** FG32: of the number that it asks for, by unit; undefined: it asks for none, or nothing was told yet. */
  readonly sums: ReadonlyMap<string, NumberSum> | undefined;
  /** Of the own territory. */
  readonly sum: NumberSum | undefined;
  /** Of the own territory. */
  readonly count: ShownCount | undefined;
  /** Whether this account may extend, close and reopen it: its scope lies in the territory. */
  readonly mayAct: boolean;
}

export function useRounds(): Rounds {
  const { session } = useTools();
  const { rounds, figures: all, sums, clockOffset } = useChannel();
  const [chosen, choose] = useState<string>();
  const round = rounds.find(({ id }) => id === chosen) ?? rounds.at(-1);
  const now = useNow(clockOffset, round !== undefined && round.state !== 'closed');
  const mayOpen = session.acts.includes('round.open');
  const { unit } = session.account;
  if (!round) return { all: rounds, shown: undefined, choose, mayOpen };
  const figures = all.get(round.id);
  const shown: ShownRound = {
    round,
    phase: phaseOf(round, now),
    secondsLeft: Math.max(0, Math.ceil((Date.parse(round.deadline) - now) / 1000)),
    figures,
    sums: sums.get(round.id),
    sum: sums.get(round.id)?.get(unit.code),
    count: figures?.counts.get(unit.code),
    mayAct: mayOpen && round.scope.every((path) => within(path, unit.path)),
  };
  return { all: rounds, shown, choose, mayOpen };
}
