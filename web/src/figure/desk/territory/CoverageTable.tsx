import {
  countedIn,
  type DeskFigure,
  endBefore,
  type FigureCoverage,
  figureStateSchema,
} from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { stateColours } from '../../../staged/colours.ts';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { useFigureText } from '../useFigureText.ts';
import type { DeskIndicator, DeskIndicators } from './indicatorsOf.ts';
import '../legend.css';

interface CoverageTableProps {
  readonly figures: readonly DeskFigure[];
  readonly indicators: DeskIndicators;
  readonly now: string;
}

const shareOf = ({ coverage }: DeskFigure): number =>
  coverage.expected === 0 ? 1 : (countedIn(coverage) - coverage.late) / coverage.expected;

/** FG10: how far each figure has come, the least complete first. */
export function CoverageTable({ figures, indicators, now }: CoverageTableProps) {
  const { t } = useText(figureTerritoryWords);
  const ordered = figures.toSorted((a, b) => shareOf(a) - shareOf(b));
  return (
    <section className="figure-desk-part" aria-labelledby="figure-desk-coverage">
      <h3 id="figure-desk-coverage">{t.coverage}</h3>
      <table className="figure-desk-table">
        <thead>
          <tr>
            <th scope="col">{t.columns.figure}</th>
            <th scope="col">{t.columns.coverage}</th>
            <th scope="col">{t.columns.value}</th>
            <th scope="col">{t.columns.due}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((figure) => {
            const indicator = indicators.get(figure.indicator);
            return indicator && <Line key={figure.indicator} {...{ figure, indicator, now }} />;
          })}
        </tbody>
      </table>
    </section>
  );
}

function Line({ figure, indicator, now }: { figure: DeskFigure; indicator: DeskIndicator; now: string }) {
  const { t, number, day } = useText(figureTerritoryWords);
  const text = useFigureText(indicator);
  const { coverage, value, due, silent, owed = 0 } = figure;
  // FG128: of what was announced, which period it is of.
  const before = endBefore({ ...indicator, ...figure });
  const rest = figureStateSchema.options.filter((state) => state !== 'fresh' && coverage[state] > 0);
  return (
    <tr>
      <th scope="row">
        {text.name}
        <span className="soft num">{text.period(figure.period)}</span>
        {figure.coming && <span className="soft num">{text.later(figure.coming)}</span>}
      </th>
      <td className="num">
        <strong>{text.coverage({ ...figure, before })}</strong>
        <CoverageBar coverage={coverage} />
        {rest.length > 0 && (
          <span className="soft">
            {[
              ...rest.map((state) => t.states[state](number(coverage[state]))),
              silent > 0 && t.becauseSilent(number(silent)),
              owed > 0 && t.owed(number(owed)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
      </td>
      <td className="figure-desk-value num" data-label={t.columns.value}>
        <strong>{text.bare(value)}</strong> {value !== null && text.unit}
      </td>
      <td className="figure-desk-due num" data-label={t.columns.due}>
        {due === null ? '' : due < now ? <span className="figure-desk-over">{t.overdue(day(due))}</span> : day(due)}
      </td>
    </tr>
  );
}

/** The same by patterns, as on the map. */
function CoverageBar({ coverage }: { coverage: FigureCoverage }) {
  return (
    <span className="figure-desk-bar" aria-hidden>
      {figureStateSchema.options.map(
        (state) =>
          coverage[state] > 0 && (
            <span
              key={state}
              className={`figure-mark ${state}`}
              style={{ color: `var(${stateColours[state]})`, flexGrow: coverage[state] }}
            />
          ),
      )}
    </span>
  );
}
