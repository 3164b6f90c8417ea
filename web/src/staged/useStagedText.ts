import { useMemo } from 'react';
import { useText } from '../i18n/useText.tsx';
import { stagedText, type Written } from './stagedText.ts';
import { stagedWords } from './words/staged.vi.ts';

/** How what is on the stage is written. */
export function useStagedText({
  indicator,
  value,
  coverage,
  unweighed,
  period,
  at,
  oldest,
  coming,
  root,
  before,
  unweighedIn,
}: Written) {
  const words = useText(stagedWords);
  return useMemo(
    () =>
      stagedText(words, {
        ...{ indicator, value, coverage, unweighed, period, at, oldest, coming, root, before, unweighedIn },
      }),
    [words, indicator, value, coverage, unweighed, period, at, oldest, coming, root, before, unweighedIn],
  );
}
