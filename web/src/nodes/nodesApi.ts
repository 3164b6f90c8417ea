import type { Api } from '../api/Api.ts';
import { nodesPageSchema } from '../api/contract.ts';

type Ask = Pick<Api, 'ask'>;

export const nodesApi = {
  page: (api: Ask) => api.ask('/api/nodes', nodesPageSchema),
  drain: (api: Ask, boot: string, draining: boolean) =>
    api.ask(`/api/nodes/${boot}/drain`, undefined, { method: 'POST', body: { draining } }),
};
