import type { Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { useFigureText } from './useFigureText.ts';

export interface Ranked {
  readonly ranks: ReadonlyMap<string, number | undefined>;
  readonly shownOf: ReadonlyMap<string, string>;
}
interface RankListProps extends Ranked {
  readonly indicator: Indicator;
  readonly roster: RosterView;
  readonly place: string;
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
}

/** FG163: the names behind the ranks of a map, from the highest; those without a value last. */
export function RankList({ indicator, ranks, shownOf, roster, place, chosen, onChoose }: RankListProps) {
  const { t } = useText(figureDeskWords);
  const { unit } = useFigureText(indicator);
  const sorted = [...ranks].toSorted(([, a = Infinity], [, b = Infinity]) => a - b);
  return (
    <section className="figure-ranks" aria-label={t.ranked}>
      <h3>
        {t.ranked} <span className="soft">{unit}</span>
      </h3>
      <ol>
        {sorted.map(([code, rank]) => (
          <li key={code}>
            <button
              type="button"
              aria-pressed={chosen === `${place}.${code}`}
              onClick={() => onChoose(`${place}.${code}`)}
            >
              <span className="map-rank num">{rank ?? '–'}</span>
              <span className="clip">{roster.byCode.get(code)?.name ?? code}</span>
              <strong className="num">{shownOf.get(code) ?? '–'}</strong>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
