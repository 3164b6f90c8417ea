import type { Api } from '../api/Api.ts';
import { nodesPageSchema, refusalsPageSchema } from '../api/contract.ts';

type Ask = Pick<Api, 'ask'>;

export const nodesApi = {
  page: (api: Ask) => api.ask('/api/nodes', nodesPageSchema),
  refusals: (api: Ask) => api.ask('/api/refusals', refusalsPageSchema),
  drain: (api: Ask, boot: string, draining: boolean) =>
    api.ask(`/api/nodes/${boot}/drain`, undefined, { method: 'POST', body: { draining } }),
};
