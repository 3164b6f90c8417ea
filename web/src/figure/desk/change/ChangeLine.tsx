import { codeOf, type Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import type { Changed } from '../mapJoins.ts';
import { useFigureText } from '../useFigureText.ts';
import { bothIn } from './bothIn.ts';

interface ChangeLineProps {
  readonly indicator: Indicator;
  readonly change: Changed;
  /** Path of the unit that is looked at, and its place in the frame; below 0: it is above others. */
  readonly chosen: string;
  readonly cell: number;
  readonly value: number | null;
}

/** FG97: how the unit beside the map has changed, and how many of those below it say so. */
export function ChangeLine({ indicator, change: { frame, than }, chosen, cell, value }: ChangeLineProps) {
  const { t, number } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const upper = frame.against?.upper.find(({ unit }) => unit === codeOf(chosen));
  const before = cell >= 0 ? frame.against?.values[cell] : upper?.before;
  const moved = text.moved({ value: (cell >= 0 ? value : upper?.now) ?? null, former: before ?? null });
  const expected = frame.upper.find(({ unit }) => unit === codeOf(chosen))?.coverage.expected;
  const both = cell < 0 ? bothIn(indicator, upper) : undefined;
  const ofBoth = both !== undefined && expected !== undefined && t.both(number(both), number(expected));
  return (
    <p className="soft num figure-changed">
      {[moved ? `${moved} ${than}` : `${t.changes.unknown} (${than})`, ofBoth].filter(Boolean).join(' · ')}
    </p>
  );
}
