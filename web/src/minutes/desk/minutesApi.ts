import type { Api } from '../../api/Api.ts';
import { type Minutes, minutesSchema } from '../../api/contract.ts';

export type PaperFormat = 'docx' | 'pdf';

/** What the page asks about minutes. */
export const minutesApi = {
  outline: (api: Pick<Api, 'ask'>, briefing: string): Promise<Minutes> =>
    api.ask(`/api/briefings/${briefing}/minutes`, minutesSchema),
  file: (api: Pick<Api, 'file'>, briefing: string, format: PaperFormat): Promise<Blob> =>
    api.file(`/api/briefings/${briefing}/minutes.${format}`),
};
