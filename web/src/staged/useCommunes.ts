import { useEffect, useState } from 'react';
import { stagedContentSchema } from '../api/contract.ts';
import { useTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { placed, type StagedCommunes } from './stagedCommunes.ts';
import type { ShownFigures } from './useStaged.ts';

/** FG24: eleven thousand pages ask within this time, and not at once. */
const WITHIN_MS = 5_000;
const AGAIN_MS = 5_000;

/**
 * FG65: units by name, where they are shown; fetched once, at a random moment.
 * @param wanted something is drawn of them
 */
export function useCommunes(shown: ShownFigures, wanted: boolean): StagedCommunes | undefined {
  const { depth, content, picture } = shown;
  const { root } = picture;
  const { api } = useOffice();
  const { channel } = useTools();
  const [found, setFound] = useState<{ readonly content: string; readonly communes: StagedCommunes }>();
  const isHere = found?.content === content;
  useEffect(() => {
    if (depth !== 'communes' || !wanted || isHere) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const { briefing } = channel.state.get();
      const path = `/api/briefings/${briefing.id}/figures/${content}`;
      const told = await api.ask(path, stagedContentSchema, { signal: stop.signal });
      if (told.communes && !stop.signal.aborted) setFound({ content, communes: placed(told.communes, root) });
    };
    const later = (ms: number): void => {
      timer = setTimeout(() => {
        ask().catch(() => stop.signal.aborted || later(AGAIN_MS + Math.random() * WITHIN_MS));
      }, ms);
    };
    later(Math.random() * WITHIN_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, channel, depth, content, root, wanted, isHere]);
  return depth === 'communes' && isHere ? found.communes : undefined;
}
