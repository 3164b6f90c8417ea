import { useCallback } from 'react';
import type { WallLayout } from '../api/contract.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { usePolled } from '../ui/usePolled.ts';
import { screenApi } from './screenApi.ts';

/** FG76: what a desk has chosen is followed so soon. */
const LOOK_MS = 5_000;

/** How this wall puts figures side by side; as it was told last, while nobody answers. */
export function useLayout(): WallLayout {
  const { api } = useOffice();
  const { value: here } = usePolled(
    useCallback(() => screenApi.here(api), [api]),
    LOOK_MS,
  );
  return here?.state === 'paired' ? here.layout : 'columns';
}
