import { useCallback, useEffect, useMemo } from 'react';
import type { AnswerAsk } from '../../api/contract.ts';
import type { Carrier } from '../../api/outbox/Outbox.ts';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useCarrier, useEntries, useOutbox } from '../../session/OutboxContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useStore } from '../../ui/useStore.ts';
import { type OwnRound, ownRoundOf } from './ownRound.ts';

type ChannelTools = BriefingTools['channel'];

/**
 * No round takes answers for longer. What is older is sent over any briefing's channel, so that the server's word ends
 * it.
 */
const STRANDED_MS = 2 * 86_400_000;

/** What this unit has been asked in the briefing and what it said, oldest first. */
export function useOwnRounds(channel: ChannelTools): readonly OwnRound[] {
  const { rounds, entries, clockOffset } = useStore(channel.state);
  const letters = useEntries('round.answer');
  const now = useNow(clockOffset, rounds.length > 0);
  return useMemo(
    () => rounds.map((round) => ownRoundOf(round, entries.get(round.id), letters, now)),
    [rounds, entries, letters, now],
  );
}

/** Sends this unit's answers over the order channel of its briefing, whenever there is one. */
export function useAnswerCarrier(channel: ChannelTools): void {
  const outbox = useOutbox();
  const { briefing, link } = useStore(channel.state);
  const carrier = useMemo<Carrier<'round.answer'>>(
    () => ({
      send: ({ ask }) => channel.act('round.answer', ask),
      takes: (payload, writtenAt) =>
        payload.briefing === briefing.id || Date.now() - Date.parse(writtenAt) > STRANDED_MS,
    }),
    [channel, briefing.id],
  );
  useCarrier('round.answer', carrier);
  useEffect(() => {
    if (link === 'online') outbox.hurry('round.answer');
  }, [link, outbox]);
}

/** Says something in a round: it is kept first, and sent until it is recorded. */
export function useAnswering(channel: ChannelTools) {
  const outbox = useOutbox();
  const { briefing } = useStore(channel.state);
  return useCallback(
    async (round: string, said: Pick<AnswerAsk, 'answerer' | 'name' | 'challenge'>): Promise<void> => {
      const key = crypto.randomUUID();
      await outbox.post('round.answer', key, { briefing: briefing.id, ask: { round, key, ...said } });
    },
    [outbox, briefing.id],
  );
}
