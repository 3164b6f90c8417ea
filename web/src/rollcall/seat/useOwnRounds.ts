import { useCallback, useEffect, useMemo } from 'react';
import type { AnswerAsk } from '../../api/contract.ts';
import type { Carrier } from '../../api/outbox/Outbox.ts';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useCarrier, useEntries, useOutbox } from '../../session/OutboxContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useStore } from '../../ui/useStore.ts';
import { answersApi } from '../answersApi.ts';
import { type OwnRound, ownRoundOf } from './ownRound.ts';

type ChannelTools = BriefingTools['channel'];

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

/**
 * Sends this unit's answers over the order channel of their briefing. Of those of other briefings, and of what was
 * refused, it asks whether they are on record. @param way left out: outside of briefings
 */
export function useAnswerCarrier(way?: {
  readonly channel: ChannelTools;
  readonly briefing: string;
  readonly link: string;
}): void {
  const outbox = useOutbox();
  const { api } = useOffice();
  const { channel, briefing: here, link } = way ?? {};
  const carrier = useMemo<Carrier<'round.answer'>>(
    () => ({
      send: ({ briefing, ask }) =>
        channel && briefing === here ? channel.act('round.answer', ask) : answersApi.settle(api, ask),
      settle: ({ ask }) => answersApi.recorded(api, ask),
    }),
    [channel, here, api],
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
    async (round: string, said: Omit<AnswerAsk, 'round' | 'key'>): Promise<void> => {
      const key = crypto.randomUUID();
      await outbox.post('round.answer', key, { briefing: briefing.id, ask: { round, key, ...said } });
    },
    [outbox, briefing.id],
  );
}
