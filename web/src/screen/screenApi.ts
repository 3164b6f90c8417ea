import type { Api } from '../api/Api.ts';
import { type PairScreen, screenHereSchema, screenListSchema, screenSchema, type WallLayout } from '../api/contract.ts';

type Ask = Pick<Api, 'ask'>;

/** Requests of screens, and about them. */
export const screenApi = {
  here: (api: Ask) => api.ask('/api/screens/here', screenHereSchema, { method: 'POST', body: {} }),
  pair: (api: Ask, body: PairScreen) => api.ask('/api/screens', screenSchema, { method: 'POST', body }),
  async list(api: Ask) {
    return (await api.ask('/api/screens', screenListSchema)).screens;
  },
  layOut: (api: Ask, id: string, layout: WallLayout) =>
    api.ask(`/api/screens/${id}/layout`, undefined, { method: 'PUT', body: { layout } }),
  revoke: (api: Ask, id: string) => api.ask(`/api/screens/${id}`, undefined, { method: 'DELETE' }),
};
