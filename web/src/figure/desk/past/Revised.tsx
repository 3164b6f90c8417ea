import { type FigureRevisedList, figureRevisedListSchema } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { figurePastWords } from '../../words/past.vi.ts';
import type { Figure } from '../useFigures.ts';
import { useFigureText } from '../useFigureText.ts';
import { useAnswer } from './useAnswer.ts';

interface RevisedProps {
  /** As it was known then. */
  readonly figure: Figure;
  readonly n: number;
  /** Of the figure as it is now: with another one, more may have been revised. */
  readonly nowN: number;
  readonly roster: RosterView | undefined;
}

/** FG82: what is another now than it was known to be: then, now, by whom and why. */
export function Revised({ figure: { indicator, card }, n, nowN, roster }: RevisedProps) {
  const { t, number } = useText(figurePastWords);
  const text = useFigureText(indicator);
  const path = `/api/figures/past/indicators/${indicator.code}/revised?root=${card.unit}&period=${card.period}&n=${n}`;
  const { answer, failed } = useAnswer(path, figureRevisedListSchema, { version: nowN });
  if (!answer)
    return (
      <p className={failed ? 'stale past-revised' : 'soft past-revised'}>{failed ? t.failed : t.revised.loading}</p>
    );
  if (answer.units === 0) return <p className="soft past-revised">{t.revised.none}</p>;
  const { before, now } = answer.whole;
  return (
    <details className="folds past-revised">
      <summary className="num">
        {t.revised.title(number(answer.units))} · {t.revised.whole(text.value(before), text.value(now))}
      </summary>
      {answer.revised.length < answer.units && (
        <p className="soft">{t.revised.first(number(answer.revised.length), number(answer.units))}</p>
      )}
      <List {...{ answer, roster, text }} />
    </details>
  );
}

interface ListProps {
  readonly answer: FigureRevisedList;
  readonly roster: RosterView | undefined;
  readonly text: ReturnType<typeof useFigureText>;
}

function List({ answer, roster, text }: ListProps) {
  const { t, moment } = useText(figurePastWords);
  return (
    <ul>
      {answer.revised.map(({ unit, before, now, at, source, reason }) => {
        const known = roster?.byCode.get(unit);
        return (
          <li key={unit}>
            <span className="clip">
              {[known?.name ?? unit, known && roster?.within(known.path)].filter(Boolean).join(', ')}
            </span>
            <span className="num">
              {text.value(before)} → <strong>{text.value(now)}</strong>
            </span>
            <span className="soft num">
              {[source ?? t.revised.otherwise, at && moment(at), reason ?? t.revised.noReason]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
