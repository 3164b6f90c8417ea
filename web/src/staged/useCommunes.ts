import { useEffect, useState } from 'react';
import { stagedPieceSchema } from '../api/contract.ts';
import { useTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { placed, type StagedCommunes } from './stagedCommunes.ts';
import { UnitPieces } from './UnitPieces.ts';
import type { ShownFigures } from './useStaged.ts';

/** FG24: eleven thousand pages ask within this time, and not at once. */
const WITHIN_MS = 5_000;
const AGAIN_MS = 5_000;

export interface ComingCommunes {
  /** Once all are there. */
  readonly communes: StagedCommunes | undefined;
  /** Of how many units what has come; undefined: nothing yet, or nothing more. */
  readonly coming: { readonly had: number; readonly of: number } | undefined;
}

/**
 * FG65: units by name, where they are shown; fetched once, at a random moment, and piece by piece (FG108).
 * @param wanted something is drawn of them
 */
export function useCommunes(shown: ShownFigures, wanted: boolean): ComingCommunes {
  const { depth, content, picture } = shown;
  const { root } = picture;
  const { api } = useOffice();
  const { channel } = useTools();
  const [found, setFound] = useState<{ readonly content: string; readonly communes: StagedCommunes }>();
  const [coming, setComing] = useState<ComingCommunes['coming']>();
  const isHere = found?.content === content;
  useEffect(() => {
    if (depth !== 'communes' || !wanted || isHere) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { briefing } = channel.state.get();
    const path = `/api/briefings/${briefing.id}/figures/${content}/units`;
    const pieces = new UnitPieces({
      read: (from, most) => api.ask(`${path}?from=${from}&most=${most}`, stagedPieceSchema, { signal: stop.signal }),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      came: (had, of) => stop.signal.aborted || setComing({ had, of }),
      now: () => performance.now(),
    });
    const ask = async (): Promise<void> => {
      const communes = placed(await pieces.all(), root);
      if (!stop.signal.aborted) setFound({ content, communes });
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
      setComing(undefined);
    };
  }, [api, channel, depth, content, root, wanted, isHere]);
  return { communes: depth === 'communes' && isHere ? found.communes : undefined, coming };
}
