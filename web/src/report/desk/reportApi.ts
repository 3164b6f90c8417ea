import type { Api } from '../../api/Api.ts';
import {
  type AskReport,
  type BriefingSummary,
  briefingSummarySchema,
  type HeldSession,
  heldSessionsSchema,
  type Report,
  reportSchema,
} from '../../api/contract.ts';

/** What pages ask about reports. */
export const reportApi = {
  make: (api: Pick<Api, 'ask'>, body: AskReport): Promise<Report> =>
    api.ask('/api/reports', reportSchema, { method: 'POST', body }),
  one: (api: Pick<Api, 'ask'>, id: string): Promise<Report> => api.ask(`/api/reports/${id}`, reportSchema),
  file: (api: Pick<Api, 'file'>, id: string): Promise<Blob> => api.file(`/api/reports/${id}/file`),
  summary: (api: Pick<Api, 'ask'>, briefing: string): Promise<BriefingSummary> =>
    api.ask(`/api/briefings/${briefing}/summary`, briefingSummarySchema),
  sessions: async (api: Pick<Api, 'ask'>, briefing: string): Promise<readonly HeldSession[]> =>
    (await api.ask(`/api/briefings/${briefing}/sessions`, heldSessionsSchema)).sessions,
};
