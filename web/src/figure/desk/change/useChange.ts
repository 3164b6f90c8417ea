import { useMemo, useRef } from 'react';
import type { FigureFrame, Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import type { Changed } from '../mapJoins.ts';
import { useFigureText } from '../useFigureText.ts';
import { changeFrame, strongFrom } from './changeFrame.ts';

/** FG97: how a frame has changed, as long as it is compared. @param ago how many periods before the one that is shown, less one */
export function useChange(
  indicator: Indicator,
  frame: FigureFrame | undefined,
  against: string | undefined,
  ago: number,
): Changed | undefined {
  const { t } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const compared = useMemo(() => {
    const told = frame?.against && Date.parse(frame.against.period) === Date.parse(against ?? '') ? frame : undefined;
    return told && changeFrame(told);
  }, [frame, against]);
  // Once for each period that is compared with, as the classes of values: as soon as anything has changed.
  const fixed = useRef<{ readonly against: string; readonly strong: number | undefined }>(undefined);
  if (compared && against !== undefined && (fixed.current?.against !== against || fixed.current.strong === undefined))
    fixed.current = { against, strong: strongFrom(compared.changes) };
  const strong = fixed.current?.strong;
  const than = !compared?.against
    ? ''
    : ago === 0
      ? t.than[indicator.every]
      : t.thanPeriod(text.period(compared.against.period));
  return useMemo(() => compared && { frame: compared, strong, than }, [compared, strong, than]);
}
