import type { Indicator, PlannedMove } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { periodText } from '../../../staged/periodText.ts';
import { stagedWords } from '../../../staged/words/staged.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';

interface PlannedMovesProps {
  readonly moves: readonly PlannedMove[];
  readonly total: number;
  readonly indicators: readonly Indicator[];
}

/** FG74: values that a file says otherwise than its source has said, the largest jumps first. */
export function PlannedMoves({ moves, total, indicators }: PlannedMovesProps) {
  const { t: words, number, steps, language, ...formats } = useText(ownerWords);
  const { t: staged } = useText(stagedWords);
  const t = words.plan;
  const byCode = new Map(indicators.map((one) => [one.code, one]));
  return (
    <div className="figure-own-table">
      <h4>{t.moves}</h4>
      {moves.length < total && <p className="soft">{t.moreMoves(number(moves.length), number(total))}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className="figure-own-scroll" tabIndex={0} aria-label={t.moves}>
        <table className="figure-own-lines">
          <thead>
            <tr>
              <th scope="col">{t.unit}</th>
              <th scope="col">{t.indicator}</th>
              <th scope="col">{t.period}</th>
              <th scope="col" className="num">
                {t.before}
              </th>
              <th scope="col" className="num">
                {t.after}
              </th>
            </tr>
          </thead>
          <tbody>
            {moves.map(({ indicator: code, unit, name, period, from, to, held }) => {
              const indicator = byCode.get(code);
              const said = (value: number | null) => (value === null ? t.empty : steps(value, indicator?.scale ?? 0));
              const every = indicator?.every ?? 'day';
              return (
                <tr key={`${code} ${unit} ${period}`}>
                  <th scope="row">
                    {name} <small className="soft">{unit}</small>
                  </th>
                  <td>
                    {indicator?.name[language] ?? code} <small className="soft">{indicator?.unit[language]}</small>
                  </td>
                  <td data-label={t.period}>
                    {periodText(every, period, staged.period, { number, steps, language, ...formats })}
                  </td>
                  <td className="num" data-label={t.before}>
                    {said(from)}
                  </td>
                  <td className="num" data-label={t.after}>
                    <strong>{said(to)}</strong>
                    {held && <small className="figure-own-held">{t.isHeld}</small>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}
