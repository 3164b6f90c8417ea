import type { Api } from '../../api/Api.ts';
import { type Minutes, minutesSchema } from '../../api/contract.ts';

export type PaperFormat = 'docx' | 'pdf';

/** What the page asks about minutes. */
export const minutesApi = {
  outline: (api: Pick<Api, 'ask'>, briefing: string): Promise<Minutes> =>
    api.ask(`/api/briefings/${briefing}/minutes`, minutesSchema),
  /** @param session TR17: of the one that this unit held; left out: of the briefing */
  file: (api: Pick<Api, 'file'>, briefing: string, format: PaperFormat, session?: string): Promise<Blob> =>
    api.file(
      `/api/briefings/${briefing}/minutes.${format}${session === undefined ? '' : `?session=${encodeURIComponent(session)}`}`,
    ),
};
