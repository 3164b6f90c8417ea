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
    if (told && !isOwing(told)) return settled(told);
    if (letter?.status === 'recorded') return settled(letter.answer.entry);
    if (letter?.status === 'unsent') return { kind: 'unsent', writtenAt: letter.writtenAt };
    return phase === 'closed' ? { kind: 'missed' } : { kind: 'asked', late: phase === 'due' };
  }
}

const settled = (entry: Entry): Standing =>
  entry.unconfirmed ? { kind: 'unconfirmed', entry } : { kind: 'recorded', entry };
