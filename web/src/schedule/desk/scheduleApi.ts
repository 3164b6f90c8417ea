import type { Api } from '../../api/Api.ts';
import {
  accountListSchema,
  type Briefing,
  type BriefingFit,
  briefingFitSchema,
  briefingSchema,
  type ChangeBriefing,
  type CheckedScope,
  type CreateBriefing,
  checkedScopeSchema,
  type Producers,
  producersSchema,
} from '../../api/contract.ts';

type Asker = Pick<Api, 'ask'>;

/** What the schedule asks of the server. */
export const scheduleApi = {
  create: (api: Asker, body: CreateBriefing): Promise<Briefing> =>
    api.ask('/api/briefings', briefingSchema, { method: 'POST', body }),
  change: (api: Asker, id: string, body: ChangeBriefing): Promise<Briefing> =>
    api.ask(`/api/briefings/${id}/change`, briefingSchema, { method: 'POST', body }),
  cancel: (api: Asker, id: string, body: { readonly epoch: number; readonly reason: string }): Promise<Briefing> =>
    api.ask(`/api/briefings/${id}/cancel`, briefingSchema, { method: 'POST', body }),
  open: (
    api: Asker,
    id: string,
    body: { readonly epoch: number; readonly capacityReason?: string },
  ): Promise<Briefing> => api.ask(`/api/briefings/${id}/open`, briefingSchema, { method: 'POST', body }),
  /** PL29: of what is about to be scheduled, and of one whose doors are about to open. */
  fitScope: (api: Asker, scope: CreateBriefing['scope']): Promise<BriefingFit> =>
    api.ask('/api/scopes/fit', briefingFitSchema, { method: 'POST', body: { scope } }),
  fit: (api: Asker, id: string): Promise<BriefingFit> => api.ask(`/api/briefings/${id}/fit`, briefingFitSchema),
  check: (api: Asker, cells: readonly string[]): Promise<CheckedScope> =>
    api.ask('/api/scopes/check', checkedScopeSchema, { method: 'POST', body: { cells } }),
  producers: async (api: Asker, id: string): Promise<Producers> =>
    (await api.ask(`/api/briefings/${id}/producers`, producersSchema)).producers,
  /** Moderators of one unit who can sign in. */
  moderators: async (api: Asker, unit: string): Promise<Producers> => {
    const { accounts } = await api.ask(`/api/accounts?unit=${encodeURIComponent(unit)}`, accountListSchema);
    return accounts
      .filter(({ role, disabled }) => role === 'moderator' && !disabled)
      .map(({ id, name, unit: { code, name: unitName } }) => ({ id, name, unit: code, unitName }));
  },
};
