import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { useText } from '../i18n/useText.tsx';
import { fullJitter } from '../lib/jitter.ts';
import { appWords } from './words/app.vi.ts';
import './demoSign.css';

/** A demo says so at the edge of every page, quietly and for as long as the page is open. */
export function DemoSign({ api }: { api: Pick<Api, 'installation'> }) {
  const { t } = useText(appWords);
  return useDemo(api) ? <p className="demo-sign">{t.demo}</p> : null;
}

function useDemo(api: Pick<Api, 'installation'>): boolean {
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (attempt: number): Promise<void> => {
      try {
        const installation = await api.installation();
        if (!stopped) setDemo(installation.demo);
      } catch {
        if (!stopped) timer = setTimeout(() => void ask(attempt + 1), fullJitter(attempt));
      }
    };
    void ask(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api]);
  return demo;
}
