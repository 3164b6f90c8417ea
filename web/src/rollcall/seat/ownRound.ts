import { isOwing, type Phase, phaseOf } from '../../api/channel/rounds.ts';
import type { Entry, Round } from '../../api/contract.ts';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';

/** What this unit has said in a round, as far as this device knows. */
export type Standing =
  /** It owes an answer; after the deadline it would be a late one. */
  | { readonly kind: 'asked'; readonly late: boolean }
  /** Said on this computer, not recorded yet. */
  | { readonly kind: 'unsent'; readonly writtenAt: string }
  /** Recorded, and an official has to confirm it. */
  | { readonly kind: 'unconfirmed'; readonly entry: Entry }
  | { readonly kind: 'recorded'; readonly entry: Entry }
  /** The round is over without it. */
  | { readonly kind: 'missed' };

export interface OwnRound {
  readonly round: Round;
  readonly phase: Phase;
  readonly standing: Standing;
  /** The answer of this computer, with its receipt once it is recorded. */
  readonly letter: OutboxEntry<'round.answer'> | undefined;
}

/**
 * @param letters what this computer has said in any round, oldest first. @param now by the server's clock, milliseconds
 */
export function ownRoundOf(
  round: Round,
  told: Entry | undefined,
  letters: readonly OutboxEntry<'round.answer'>[],
  now: number,
): OwnRound {
  const phase = phaseOf(round, now);
  const letter = letters.findLast(({ payload }) => payload.ask.round === round.id);
  return { round, phase, letter, standing: standingOf() };

  function standingOf(): Standing {
    const own = told?.own?.nr ?? 0;
    // Who answers is not told of it beside the receipt.
    if (letter?.status === 'recorded' && ((letter.answer.entry.own?.nr ?? 0) > own || isOwing(told)))
      return settled(letter.answer.entry);
    const { corrects } = letter?.payload.ask ?? {};
    const stands =
      told && !isOwing(told) && (corrects === undefined ? own > 0 || told.own === undefined : own > corrects);
    if (letter?.status === 'unsent' && !stands) return { kind: 'unsent', writtenAt: letter.writtenAt };
    if (told && !isOwing(told)) return settled(told);
    return phase === 'closed' ? { kind: 'missed' } : { kind: 'asked', late: phase === 'due' };
  }
}

/**
 * What this account may still say in a round that takes answers: its own beside what an official has entered (RC19), or
 * another in the place of its last (RC20: the number of that one).
 */
export function mayStillSay(
  { phase, standing }: OwnRound,
  account: string,
): 'answer' | { corrects: number } | undefined {
  if (phase === 'closed' || (standing.kind !== 'recorded' && standing.kind !== 'unconfirmed')) return undefined;
  const { own } = standing.entry;
  if (own === null) return 'answer';
  return phase === 'open' && own?.account === account ? { corrects: own.nr } : undefined;
}

const settled = (entry: Entry): Standing =>
  entry.unconfirmed ? { kind: 'unconfirmed', entry } : { kind: 'recorded', entry };
