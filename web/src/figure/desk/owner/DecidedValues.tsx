import type { OwnedFigures } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { withUnit } from '../../../i18n/withUnit.ts';
import { periodText } from '../../../staged/periodText.ts';
import { stagedWords } from '../../../staged/words/staged.vi.ts';
import { figureActWords } from '../../words/act.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';

/** FG39: what became of values that waited, by whom and why: who sends them sends another, or asks there. */
export function DecidedValues({ owned }: { owned: Pick<OwnedFigures, 'decided' | 'indicators' | 'sources'> }) {
  const { t: words, number, steps, language, moment, ...formats } = useText(ownerWords);
  const { t: staged } = useText(stagedWords);
  const { t: acts } = useText(figureActWords);
  const t = words.answered;
  const { decided = [], indicators, sources } = owned;
  if (decided.length === 0) return <p className="soft">{t.decidedNone}</p>;
  const of = { ...formats, number, steps, language, moment };
  return (
    <ul className="figure-own-open">
      {decided.map(({ n, act, at, by, reason, indicator: code, name, within, period, source, value, values }) => {
        const indicator = indicators.find((one) => one.code === code);
        const amount =
          value === null
            ? words.plan.empty
            : withUnit(steps(value, indicator?.scale ?? 0), indicator?.unit[language] ?? '');
        return (
          <li key={n}>
            <div className="figure-own-said">
              <strong className="num">
                {name}: {amount}
              </strong>
              {within && <span className="soft">{within}</span>}
              <span>
                {[
                  indicator?.name[language] ?? code,
                  periodText(indicator?.every ?? 'day', period, staged.period, of),
                  t.from(sources.find((one) => one.code === source)?.name ?? source),
                  values > 1 && t.others(number(values - 1)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="num">
                <strong>{acts.done[act]}</strong> · {by} · {moment(at)}
              </span>
              {reason && <q>{reason}</q>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
