import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import '../legend.css';

interface PresentLegendProps {
  readonly present: ReadonlySet<string>;
  /** Paths of the units that the map shows. */
  readonly units: readonly string[];
}

/** FG98: what the bar at the foot of a unit says, and of how many. */
export function PresentLegend({ present, units }: PresentLegendProps) {
  const { t, number } = useText(figureDeskWords);
  const here = units.reduce((sum, path) => sum + Number(present.has(path)), 0);
  return (
    <ul className="figure-legend figure-states" aria-label={t.presence}>
      <li className="num">
        <span className="figure-mark here" aria-hidden />
        {t.heres.here} <strong>{number(here)}</strong>
      </li>
      <li className="num">
        <span className="figure-mark away" aria-hidden />
        {t.heres.away} <strong>{number(units.length - here)}</strong>
      </li>
    </ul>
  );
}
