import { useCallback, useEffect, useRef, useState } from 'react';
import { isPassing } from '../../api/ApiError.ts';
import type { AskReport, Report } from '../../api/contract.ts';
import { useFormats } from '../../i18n/useText.tsx';
import { fullJitter } from '../../lib/jitter.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { reportApi } from './reportApi.ts';

export type Making =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'making'; readonly report: Report }
  /** Saved once by itself; it can be saved again. */
  | { readonly kind: 'ready'; readonly report: Report }
  | { readonly kind: 'failed'; readonly error?: unknown };

const LOOK_MS = 500;

/** Has a report made by a job of the server, tells how far it is, and saves it when it is there. */
export function useReport(about: AskReport['about'], format: AskReport['format']) {
  const { api } = useOffice();
  const { language } = useFormats();
  const [making, setMaking] = useState<Making>({ kind: 'none' });
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current++;
    },
    [],
  );

  const save = useCallback(
    async (report: Report): Promise<void> => saveFile(report.fileName, await reportApi.file(api, report.id)),
    [api],
  );
  const make = useCallback(async (): Promise<void> => {
    const mine = ++run.current;
    const tell = (next: Making): void => {
      if (run.current === mine) setMaking(next);
    };
    tell({ kind: 'asking' });
    try {
      let report = await reportApi.make(api, { about, format, language });
      let failures = 0;
      while (run.current === mine && (report.state === 'waiting' || report.state === 'running')) {
        tell({ kind: 'making', report });
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS + fullJitter(failures)));
        try {
          report = await reportApi.one(api, report.id);
          failures = 0;
        } catch (error) {
          if (!isPassing(error)) throw error;
          failures++;
        }
      }
      if (run.current !== mine) return;
      if (report.state === 'failed') return tell({ kind: 'failed' });
      await save(report);
      tell({ kind: 'ready', report });
    } catch (error) {
      tell({ kind: 'failed', error });
    }
  }, [api, about, format, language, save]);
  return { making, make, save };
}
