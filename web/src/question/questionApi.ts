import type { Api } from '../api/Api.ts';
import { ApiError } from '../api/ApiError.ts';
import { answeredListSchema, ownQuestionsSchema, type QuestionAsked, settledQuestionSchema } from '../api/contract.ts';

type Asks = Pick<Api, 'ask'>;

/** What is on record of questions, over HTTP: in a briefing and outside (QU11). */
export const questionApi = {
  own: async (api: Asks) => (await api.ask('/api/questions', ownQuestionsSchema)).questions,
  answered: async (api: Asks, briefing: string) =>
    (await api.ask(`/api/briefings/${briefing}/questions/answered`, answeredListSchema)).questions,
  /** @returns undefined: nothing is on record under the key */
  recorded: async (api: Asks, briefing: string, key: string): Promise<QuestionAsked | undefined> =>
    (await read(api, briefing, key)).asked ?? undefined,
  /**
   * What became of an asking that no channel here can carry. @throws ApiError, `briefing-closed`: it is not on record
   * and will not be; `busy`: its briefing runs, ask again
   */
  settle: async (api: Asks, briefing: string, key: string): Promise<QuestionAsked> => {
    const { asked, over } = await read(api, briefing, key);
    if (asked) return asked;
    throw over
      ? new ApiError('briefing-closed', 'the briefing is over, and this question did not come in time')
      : new ApiError('busy', 'its briefing runs on: it is sent when this page enters that briefing');
  },
};

const read = (api: Asks, briefing: string, key: string) =>
  api.ask(`/api/briefings/${briefing}/questions/acts/${key}`, settledQuestionSchema);
