import type { Api } from '../api/Api.ts';
import { ApiError } from '../api/ApiError.ts';
import {
  type AnswerAsk,
  type Entered,
  ownAnswersSchema,
  roundActsSchema,
  roundHistorySchema,
  settledSchema,
} from '../api/contract.ts';

type Asks = Pick<Api, 'ask'>;

/** What is on record of a unit's answers, over HTTP: on any of its devices, in a briefing and outside (RC21). */
export const answersApi = {
  own: (api: Asks, before?: string) =>
    api.ask(`/api/answers${before ? `?before=${encodeURIComponent(before)}` : ''}`, ownAnswersSchema),
  /** @param unit left out: the unit of the account */
  history: (api: Asks, round: string, unit?: string) =>
    api.ask(`/api/rounds/${round}/history${unit ? `?unit=${encodeURIComponent(unit)}` : ''}`, roundHistorySchema),
  /** What officials did with the round itself (RC23). */
  acts: (api: Asks, round: string) => api.ask(`/api/rounds/${round}/acts`, roundActsSchema),
  /** The receipt of what is on record under a key of the unit. @returns undefined: nothing is */
  recorded: async (api: Asks, { round, key }: AnswerAsk): Promise<Entered | undefined> =>
    (await api.ask(`/api/rounds/${round}/answers/${key}`, settledSchema)).entered ?? undefined,
  /**
   * What became of an answer that no channel here can carry. @throws ApiError, `too-late`: it is not on record and will
   * not be; `busy`: its round runs, ask again
   */
  settle: async (api: Asks, { round, ...said }: AnswerAsk): Promise<Entered> => {
    const path = `/api/rounds/${round}/answers`;
    const { entered } = await api.ask(path, settledSchema, { method: 'POST', body: said });
    if (!entered) throw new ApiError('busy', 'its round runs on: it is sent when this page enters that briefing');
    return entered;
  },
};
