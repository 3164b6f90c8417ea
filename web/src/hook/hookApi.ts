import type { Api } from '../api/Api.ts';
import { hookFailuresSchema, hookSecretSchema, hooksPageSchema, type MakeHook } from '../api/contract.ts';

type Ask = Pick<Api, 'ask'>;

/** Requests about webhooks. */
export const hookApi = {
  async list(api: Ask) {
    return (await api.ask('/api/hooks', hooksPageSchema)).hooks;
  },
  make: (api: Ask, body: MakeHook) => api.ask('/api/hooks', hookSecretSchema, { method: 'POST', body }),
  setState: (api: Ask, id: string, state: 'active' | 'paused') =>
    api.ask(`/api/hooks/${id}/state`, undefined, { method: 'PUT', body: { state } }),
  rotate: (api: Ask, id: string) => api.ask(`/api/hooks/${id}/secret`, hookSecretSchema, { method: 'POST' }),
  test: (api: Ask, id: string) => api.ask(`/api/hooks/${id}/test`, undefined, { method: 'POST' }),
  remove: (api: Ask, id: string) => api.ask(`/api/hooks/${id}`, undefined, { method: 'DELETE' }),
  failures: (api: Ask, id: string) => api.ask(`/api/hooks/${id}/failures`, hookFailuresSchema),
  again: (api: Ask, id: string, event: string) =>
    api.ask(`/api/hooks/${id}/again`, undefined, { method: 'POST', body: { event } }),
};
