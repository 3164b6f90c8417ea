import { useState } from 'react';
import type { Briefing, Minutes } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { minutesWords } from '../words/minutes.vi.ts';
import { minutesApi, type PaperFormat } from './minutesApi.ts';

/** The minutes of a briefing, or of the session that a unit held in it, as a file; one at a time. */
export function useTakenPaper(briefing: Briefing, { seal }: Minutes) {
  const { t } = useText(minutesWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useOffice();
  const { tell } = useToasts();
  const [isBusy, setBusy] = useState(false);
  const take = async (format: PaperFormat, unit?: string): Promise<void> => {
    setBusy(true);
    try {
      const whose = unit === undefined ? session.account.unit.code : `${t.sessionFile}-${unit}`;
      const name = `${briefing.rehearsal ? t.rehearsalFile : ''}${t.file}-${whose}-${seal?.nr}`;
      saveFile(`${name}.${format}`, await minutesApi.file(api, briefing.id, format, unit));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
    setBusy(false);
  };
  return { isBusy, take };
}
