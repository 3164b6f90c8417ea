import { useCallback } from 'react';
import type { FigureSelection, SelectedUnit } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { usePolled } from '../ui/usePolled.ts';
import { selectionApi } from './selectionApi.ts';
import { useSelectionText } from './useSelectionText.ts';
import { selectionWords } from './words/selection.vi.ts';
import './whySelected.css';

interface WhySelectedProps {
  readonly selection: string;
  /** Of one unit; without it, of all that the reader may read. */
  readonly unit?: string;
}

/** Why a unit was chosen by a figure: its value, of when, and since when that was known. */
export default function WhySelected({ selection, unit }: WhySelectedProps) {
  const { t } = useText(selectionWords);
  const { api } = useOffice();
  const { value, error } = usePolled(
    useCallback(
      async () =>
        unit === undefined
          ? { ...(await selectionApi.read(api, selection)), since: null }
          : await selectionApi.unit(api, selection, unit).then(({ unit: one, ...rest }) => ({ ...rest, units: [one] })),
      [api, selection, unit],
    ),
  );
  if (value) return <Why {...value} single={unit !== undefined} />;
  return (
    <p className="why-selected soft" role="status">
      {error === undefined ? t.loading : t.failed}
    </p>
  );
}

interface WhyProps {
  readonly selection: FigureSelection;
  readonly units: readonly SelectedUnit[];
  readonly since: string | null;
  readonly single: boolean;
}

/** Lines of a list that are shown; the file has all of them. */
const SHOWN = 100;

function Why({ selection, units, since, single }: WhyProps) {
  const { t, day, number } = useText(selectionWords);
  const text = useSelectionText(selection.indicator);
  const title = single ? t.why : t.whyThese;
  return (
    <section className="why-selected" aria-label={title}>
      <h3>
        {title}
        {selection.indicator.simulated && <strong className="why-simulated">{t.simulated}</strong>}
      </h3>
      {single &&
        units.map((unit) => (
          <p key={unit.unit} className="num">
            <strong>
              {text.name}: {text.value(unit.value)}
            </strong>
            <span className="soft">
              {[text.until(unit, selection), t.state[unit.state], since && t.since(day(since))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </p>
        ))}
      <p className="soft num">
        {single ? text.chosenOne(selection) : `${text.chosen(selection)} (${t.record(number(selection.n))})`}
      </p>
      {!single && (
        <ul>
          {units.slice(0, SHOWN).map((unit) => (
            <li key={unit.unit} className="num">
              {unit.name} <span className="soft">{text.line(unit, selection)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
