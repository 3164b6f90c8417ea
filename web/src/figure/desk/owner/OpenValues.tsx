import type { FigureRevision, OpenValue, OwnedFigures } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { ownerWords } from '../../words/owner.vi.ts';
import { DecideValue } from '../act/DecideValue.tsx';
import { whoContests } from '../act/whoContests.ts';
import { OwnedValue, useAmount } from './OwnedValue.tsx';

interface OpenValuesProps {
  readonly owned: OwnedFigures;
  readonly open: readonly OpenValue[];
  readonly onDone: () => void;
}

/** FG14, FG16: values that wait for who answers for them, each with what may be decided. */
export function OpenValues({ owned, open, onDone }: OpenValuesProps) {
  const { t } = useText(ownerWords);
  if (open.length === 0) return <p className="soft">{t.answered.openNone}</p>;
  return (
    <ul className="figure-own-open">
      {open.map((value) => {
        const { indicator, unit, period, source, revision, contest } = value;
        return (
          <li key={`${indicator} ${unit} ${period} ${source} ${contest ? 'contest' : 'held'}`}>
            <OwnedValue {...{ owned, value }}>
              <Waiting {...{ owned, value }} />
            </OwnedValue>
            <DecideValue
              {...{ indicator, unit, period, onDone }}
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

/** Since when, and why. */
function Waiting({ owned, value }: { owned: OwnedFigures; value: OpenValue }) {
  const { t: words, moment, language } = useText(ownerWords);
  const t = words.answered;
  const { indicator, at, contest, say, beside } = value;
  const amount = useAmount(owned, indicator);
  if (contest)
    return (
      <>
        <span className="figure-own-held">{t.contested(whoContests(contest), moment(contest.at))}</span>
        {contest.reason && <q>{contest.reason}</q>}
      </>
    );
  return (
    <>
      <span className="figure-own-held">{t.heldSince(moment(at))}</span>
      <span>
        {[say?.[language] ?? t.noReason, beside !== null && t.beside(amount(beside))].filter(Boolean).join(' ')}
      </span>
    </>
  );
}

/** What is decided on by the same buttons as in the history of a value. */
const revisionOf = ({ source, revision, value, at, contest }: OpenValue): FigureRevision => ({
  ...{ n: 0, at, source, revision, value, status: 'A', held: contest === null, counts: contest !== null, reason: null },
  acts: contest ? [{ ...contest, n: 0, act: 'contest' }] : [],
});
