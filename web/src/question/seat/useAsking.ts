import { useCallback, useEffect, useMemo } from 'react';
import type { Carrier } from '../../api/outbox/Outbox.ts';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useCarrier, useOutbox } from '../../session/OutboxContext.tsx';
import { questionApi } from '../questionApi.ts';

/**
 * Sends this unit's questions over the order channel of their briefing. Of those of other briefings, and of what was
 * refused, it asks whether they are on record. @param way left out: outside of briefings
 */
export function useQuestionCarrier(way?: {
  readonly channel: BriefingTools['channel'];
  readonly briefing: string;
  readonly link: string;
}): void {
  const outbox = useOutbox();
  const { api } = useOffice();
  const { channel, briefing: here, link } = way ?? {};
  const carrier = useMemo<Carrier<'question.ask'>>(
    () => ({
      send: ({ briefing, ask }) =>
        channel && briefing === here ? channel.act('question.ask', ask) : questionApi.settle(api, briefing, ask.key),
      settle: ({ briefing, ask }) => questionApi.recorded(api, briefing, ask.key),
    }),
    [channel, here, api],
  );
  useCarrier('question.ask', carrier);
  useEffect(() => {
    if (link === 'online') outbox.hurry('question.ask');
  }, [link, outbox]);
}

/** Asks: it is kept first, and sent until it is recorded. @param changes the question whose text it takes the place of */
export function useAsking(briefing: string) {
  const outbox = useOutbox();
  return useCallback(
    async (text: string, changes?: string): Promise<void> => {
      const key = crypto.randomUUID();
      await outbox.post('question.ask', key, {
        briefing,
        ask: { key, text, ...(changes !== undefined && { changes }) },
      });
    },
    [outbox, briefing],
  );
}
