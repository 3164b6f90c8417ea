import type { AskedNumber, NumberSum } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterUnit } from '../../../organisation/rosterView.ts';
import { numberDeskWords } from '../../words/numberDesk.vi.ts';
import './numberPlaces.css';

interface NumberPlacesProps {
  readonly asked: AskedNumber;
  readonly sums: ReadonlyMap<string, NumberSum>;
  readonly places: readonly { readonly unit: RosterUnit }[];
  readonly onOpen: (path: string) => void;
}

/** The sums of the places that the wall shows, those with the most missing first. */
export function NumberPlaces({ asked, sums, places, onOpen }: NumberPlacesProps) {
  const { t, number, steps } = useText(numberDeskWords);
  const rows = places
    .flatMap(({ unit }) => {
      const sum = sums.get(unit.code);
      return sum ? [{ unit, sum, missing: sum.coverage.none + sum.coverage.held }] : [];
    })
    .sort((a, b) => b.missing - a.missing);
  if (rows.length === 0) return null;
  return (
    <div className="number-places">
      <table aria-label={t.byPlace}>
        <thead>
          <tr>
            <th scope="col">{t.place}</th>
            <th scope="col" className="num">
              {asked.label} ({asked.unit})
            </th>
            <th scope="col" className="num">
              {t.coverage}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ unit, sum: { value, coverage } }) => (
            <tr key={unit.code}>
              <th scope="row">
                <button type="button" className="button quiet small clip" onClick={() => onOpen(unit.path)}>
                  {unit.name}
                </button>
              </th>
              <td className="num">{value === null ? '–' : steps(value, asked.scale)}</td>
              <td className="num">
                {number(coverage.fresh + coverage.late)}/{number(coverage.expected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
