import type { Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import type { Changed } from '../mapJoins.ts';
import { useFigureText } from '../useFigureText.ts';
import { type ChangeKind, kindOf, patternOf, SAME, shadesOfChange } from './changeFrame.ts';
import '../legend.css';

interface ChangeLegendProps {
  readonly indicator: Indicator;
  readonly change: Changed;
  /** Places in the frame of what the map shows. */
  readonly cells: readonly number[];
}

interface Line {
  readonly kind: ChangeKind;
  readonly colour: string;
  readonly words: string;
  readonly isIn: (change: number | null) => boolean;
}

/** FG97: what colours and patterns of a change mean, and how many units each has. */
export function ChangeLegend({ indicator, change: { frame, strong = 1, than }, cells }: ChangeLegendProps) {
  const { t, number } = useText(figureDeskWords);
  const { value } = useFigureText(indicator);
  const moved = (kind: 'rise' | 'fall'): Line[] => {
    const [weak, most] = shadesOfChange(indicator, kind);
    const isStrong = (change: number | null): boolean => Math.abs(change ?? 0) >= strong;
    const isOf = (change: number | null): boolean => kindOf(change) === kind;
    const much = {
      ...{ kind, colour: most, words: t.byAtLeast(t.changes[kind], value(strong)) },
      isIn: (change: number | null) => isOf(change) && isStrong(change),
    };
    const little = {
      ...{ kind, colour: weak, words: t.byLess(t.changes[kind], value(strong)) },
      isIn: (change: number | null) => isOf(change) && !isStrong(change),
    };
    // Where every change is of one step there are no smaller ones.
    const both = strong > 1 ? [much, little] : [{ ...much, words: t.changes[kind] }];
    return kind === 'rise' ? both : both.toReversed();
  };
  const plain = (kind: 'same' | 'unknown', colour: string): Line => ({
    ...{ kind, colour, words: t.changes[kind], isIn: (change) => kindOf(change) === kind },
  });
  const lines = [...moved('rise'), plain('same', SAME), ...moved('fall'), plain('unknown', '--line-strong')];
  return (
    <section className="figure-legend" aria-label={t.legend}>
      <p className="soft">{`${t.views.change} ${than}`}</p>
      <ul className="figure-states figure-changes">
        {lines.map(({ kind, colour, words, isIn }) => (
          <li key={words} className="num">
            <span className={`figure-mark ${patternOf[kind]}`} style={{ color: `var(${colour})` }} aria-hidden />
            {words}{' '}
            <strong>{number(cells.reduce((sum, cell) => sum + Number(isIn(frame.changes[cell] ?? null)), 0))}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
