import type { OwnedFigures } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureActWords } from '../../words/act.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { OwnedValue } from './OwnedValue.tsx';

/** FG39: what became of values that waited, by whom and why: who sends them sends another, or asks there. */
export function DecidedValues({ owned }: { owned: Pick<OwnedFigures, 'decided' | 'indicators' | 'sources'> }) {
  const { t: words, number, moment } = useText(ownerWords);
  const { t: acts } = useText(figureActWords);
  const t = words.answered;
  const { decided = [] } = owned;
  if (decided.length === 0) return <p className="soft">{t.decidedNone}</p>;
  return (
    <ul className="figure-own-open">
      {decided.map((value) => {
        const { n, act, at, by, reason, values } = value;
        return (
          <li key={n}>
            <OwnedValue {...{ owned, value }} more={values > 1 && t.others(number(values - 1))}>
              <span className="num">
                <strong>{acts.done[act]}</strong> · {by} · {moment(at)}
              </span>
              {reason && <q>{reason}</q>}
            </OwnedValue>
          </li>
        );
      })}
    </ul>
  );
}
