import type { FigureRevision, OpenValue, OwnedFigures } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { withUnit } from '../../../i18n/withUnit.ts';
import { periodText } from '../../../staged/periodText.ts';
import { stagedWords } from '../../../staged/words/staged.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { DecideValue } from '../act/DecideValue.tsx';
import { whoContests } from '../act/whoContests.ts';

interface OpenValuesProps {
  readonly owned: OwnedFigures;
  readonly open: readonly OpenValue[];
  readonly onDone: () => void;
}

/** FG14, FG16: values that wait for who answers for them, each with what may be decided. */
export function OpenValues({ owned, open, onDone }: OpenValuesProps) {
  const { t: words, number, steps, language, moment, ...formats } = useText(ownerWords);
  const { t: staged } = useText(stagedWords);
  const t = words.answered;
  if (open.length === 0) return <p className="soft">{t.openNone}</p>;
  return (
    <ul className="figure-own-open">
      {open.map((value) => {
        const { indicator: code, unit, name, within, period, source, revision, at, contest, say, beside } = value;
        const indicator = owned.indicators.find((one) => one.code === code);
        const sourceName = owned.sources.find((one) => one.code === source)?.name ?? source;
        const amount = (one: number | null): string =>
          one === null
            ? words.plan.empty
            : withUnit(steps(one, indicator?.scale ?? 0), indicator?.unit[language] ?? '');
        const of = { ...formats, number, steps, language, moment };
        return (
          <li key={`${code} ${unit} ${period} ${source} ${contest ? 'contest' : 'held'}`}>
            <div className="figure-own-said">
              <strong>
                {name}: {amount(value.value)}
              </strong>
              {within && <span className="soft">{within}</span>}
              <span>
                {[
                  indicator?.name[language] ?? code,
                  periodText(indicator?.every ?? 'day', period, staged.period, of),
                  t.from(sourceName),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="figure-own-held">
                {contest ? t.contested(whoContests(contest), moment(contest.at)) : t.heldSince(moment(at))}
              </span>
              {!contest && (
                <span>
                  {[say?.[language] ?? t.noReason, beside !== null && t.beside(amount(beside))]
                    .filter(Boolean)
                    .join(' ')}
                </span>
              )}
              {contest?.reason && <q>{contest.reason}</q>}
            </div>
            <DecideValue
              {...{ indicator: code, unit, period, onDone }}
              revision={revisionOf(value)}
              all={[revisionOf(value)]}
              key={revision}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** What is decided on by the same buttons as in the history of a value. */
const revisionOf = ({ source, revision, value, at, contest }: OpenValue): FigureRevision => ({
  ...{ n: 0, at, source, revision, value, status: 'A', held: contest === null, counts: contest !== null, reason: null },
  acts: contest ? [{ ...contest, n: 0, act: 'contest' }] : [],
});
