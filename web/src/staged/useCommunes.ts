import { useEffect, useState } from 'react';
import { codeOf, type StagedContent, stagedContentSchema } from '../api/contract.ts';
import { useTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import type { ShownFigures } from './useStaged.ts';

export type StagedCommunes = NonNullable<StagedContent['communes']> & {
  /** Places of those that report, by the unit right below the root in which they lie. */
  readonly cellsOf: ReadonlyMap<string, readonly number[]>;
  /** Code of one that reports -> code of that unit. */
  readonly tileOf: ReadonlyMap<string, string>;
};

/** FG24: eleven thousand pages ask within this time, and not at once. */
const WITHIN_MS = 5_000;
const AGAIN_MS = 5_000;

/** FG65: units by name, where they are shown; fetched once, at a random moment. */
export function useCommunes({ depth, content, picture: { root } }: ShownFigures): StagedCommunes | undefined {
  const { api } = useOffice();
  const { channel } = useTools();
  const [found, setFound] = useState<{ readonly content: string; readonly communes: StagedCommunes }>();
  useEffect(() => {
    if (depth !== 'communes') return;
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
  }, [api, channel, depth, content, root]);
  return depth === 'communes' && found?.content === content ? found.communes : undefined;
}

function placed(communes: NonNullable<StagedContent['communes']>, root: string): StagedCommunes {
  const level = root.split('.').length;
  const cellsOf = new Map<string, number[]>();
  const tileOf = new Map<string, string>();
  communes.units.forEach((path, i) => {
    const tile = path.split('.')[level] ?? codeOf(path);
    tileOf.set(codeOf(path), tile);
    const known = cellsOf.get(tile);
    if (known) known.push(i);
    else cellsOf.set(tile, [i]);
  });
  return { ...communes, cellsOf, tileOf };
}
