import { type StagedBeside as Beside, type StagedPicture, startsIn } from '../api/contract.ts';
import { StagedSeries } from './StagedSeries.tsx';
import { StagedStanding } from './StagedStanding.tsx';
import { StagedTotal } from './StagedTotal.tsx';
import { isBrokenAxis } from './seriesAxis.ts';
import { useStagedText } from './useStagedText.ts';
import './stagedBeside.css';

/** FG75: the figures that stand beside the one that is drawn, a card each; nothing where none do. */
export function StagedBeside({ picture }: { picture: StagedPicture }) {
  const { t } = useStagedText(picture);
  if (picture.beside.length === 0) return null;
  return (
    <ul className="staged-beside" aria-label={t.beside}>
      {picture.beside.map((one) => (
        <Card key={one.indicator.code} one={one} picture={picture} />
      ))}
    </ul>
  );
}

function Card({ one, picture }: { one: Beside; picture: StagedPicture }) {
  const text = useStagedText({ ...one, at: picture.at, root: picture.root });
  const { t } = text;
  return (
    <li className="staged-card">
      <strong className="staged-card-name">{text.name}</strong>
      <StagedTotal value={one.value} text={text} />
      <p className="staged-of num">
        <span>{text.coverage}</span>
        <span>{[text.period, text.oldest].filter(Boolean).join(' · ')}</span>
      </p>
      <StagedStanding text={text} />
      {one.indicator.simulated && !picture.indicator.simulated && (
        <strong className="staged-simulated">{t.simulated}</strong>
      )}
      <StagedSeries shown={{ picture: one, mark: null }} text={text} small />
      {one.series.length > 1 && (
        <table className="unseen">
          <caption>
            {[t.table(text.name, picture.rootName), isBrokenAxis(one.series) && t.brokenAxis]
              .filter(Boolean)
              .join(', ')}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.period}</th>
              <th scope="col">{t.columns.value}</th>
            </tr>
          </thead>
          <tbody>
            {startsIn(one).map((start, i) => (
              <tr key={start}>
                <th scope="row">{text.periodOf(new Date(start).toISOString())}</th>
                <td>{text.value(one.series[i] ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}
