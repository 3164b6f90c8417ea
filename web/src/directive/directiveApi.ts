import type { Api } from '../api/Api.ts';
import {
  type DirectiveItem,
  directiveItemSchema,
  directiveListSchema,
  type FollowAct,
  followedSchema,
  followHistorySchema,
} from '../api/contract.ts';

type Asks = Pick<Api, 'ask'>;

/** What an addressee asks of the server; the desks of officials have more, in `issuerApi`. */
export const directiveApi = {
  inbox: async (api: Asks, open: boolean): Promise<readonly DirectiveItem[]> =>
    (await api.ask(`/api/directives?box=inbox&open=${open}`, directiveListSchema)).directives,
  one: (api: Asks, id: string): Promise<DirectiveItem> => api.ask(`/api/directives/${id}`, directiveItemSchema),
  act: (api: Asks, id: string, body: FollowAct) =>
    api.ask(`/api/directives/${id}/acts`, followedSchema, { method: 'POST', body }),
  history: async (api: Asks, id: string, unit?: string) =>
    (await api.ask(`/api/directives/${id}/acts${unit ? `?unit=${unit}` : ''}`, followHistorySchema)).acts,
};
export type RecordedAct = Awaited<ReturnType<typeof directiveApi.history>>[number];
