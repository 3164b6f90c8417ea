import { useState } from 'react';
import { type AttendanceVerdict, type BriefingSummary, percentText } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { minutesWords } from '../words/minutes.vi.ts';

const verdicts = ['present', 'partial', 'excused', 'absent'] as const satisfies readonly AttendanceVerdict[];
/** Before one asks for all. */
const FIRST = 12;

/** Attendance place by place, as bars and numbers; on paper all of them. */
export function PlaceTable({ territories }: { territories: BriefingSummary['territories'] }) {
  const { t, number } = useText(minutesWords);
  const [all, setAll] = useState(false);
  const [, ...below] = territories;
  // Of a commune alone there is nothing to tell apart.
  if (below.length < 2) return null;
  const absence = ({ attendance, expected }: (typeof below)[number]): number => attendance.absent / expected;
  const places = [...below].sort((a, b) => absence(b) - absence(a));
  return (
    <section className="happened-places" aria-label={t.byPlace}>
      <h3>{t.byPlace}</h3>
      <p className="soft small-text">{t.byPlaceHint}</p>
      <ul className="happened-legend" aria-hidden>
        {verdicts.map((verdict) => (
          <li key={verdict}>
            <i data-verdict={verdict} />
            {t.verdicts[verdict]}
          </li>
        ))}
      </ul>
      <table>
        <thead className="unseen">
          <tr>
            <th scope="col">{t.place}</th>
            <th scope="col">{t.figures.attendance}</th>
            <th scope="col">%</th>
            <th scope="col">{t.invited}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ unit, name, expected, attendance }, i) => (
            <tr key={unit} data-later={!all && i >= FIRST}>
              <th scope="row">{name}</th>
              <td className="happened-bar">
                <span className="unseen">
                  {t.bar(
                    number(attendance.present),
                    number(attendance.partial),
                    number(attendance.excused),
                    number(attendance.absent),
                  )}
                </span>
                <span aria-hidden>
                  {verdicts.map((verdict) => (
                    <i key={verdict} data-verdict={verdict} style={{ flexGrow: attendance[verdict] }} />
                  ))}
                </span>
              </td>
              <td className="num">{`${percentText(attendance.present, expected)}%`}</td>
              <td className="num soft">
                {number(attendance.present)} / {number(expected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {places.length > FIRST && (
        <button type="button" className="button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t.fewer : t.more(number(places.length))}
        </button>
      )}
    </section>
  );
}
