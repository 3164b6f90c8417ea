import { type FigureCard, type Indicator, MOST_WATCHED } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { isBrokenAxis } from '../../staged/seriesAxis.ts';
import { mostlyOf } from '../../staged/standingText.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { Crossed } from './Crossed.tsx';
import { Series } from './Series.tsx';
import { Simulated } from './Simulated.tsx';
import type { Figure, Figures } from './useFigures.ts';
import { useFigureText } from './useFigureText.ts';
import './figurePanel.css';
import './figureValue.css';

interface FigurePanelProps {
  readonly figures: Figures;
  readonly roster: RosterView | undefined;
  readonly onOpen: (indicator: Indicator) => void;
}

/** The figures of a territory, a card each: no number without what it is of, and how much of the territory is in it. */
export default function FigurePanel({ figures, roster, onOpen }: FigurePanelProps) {
  const { t, language } = useText(figureDeskWords);
  const { unseen } = figures;
  return (
    <section className="figure-panel" aria-label={t.panel}>
      {unseen.length > 0 && (
        <p className="stale" role="status">
          {t.unseen(unseen.map(({ name }) => name[language]).join(', '))}
        </p>
      )}
      {figures.shown.some(({ indicator }) => indicator.simulated) && <Simulated />}
      {figures.shown.length === 0 && figures.missing.length === 0 && (
        <p className="soft empty" role="status">
          {figures.read ? t.noneBody : t.loading}
        </p>
      )}
      <ul className="figure-cards">
        {figures.shown.map((figure) => (
          <li key={figure.indicator.code}>
            <Card figure={figure} onOpen={() => onOpen(figure.indicator)} />
          </li>
        ))}
        {figures.missing.map((indicator) => (
          <li key={indicator.code}>
            <article className="figure-card missing">
              <span className="figure-name clip">{indicator.name[language]}</span>
              <strong className="figure-none-yet">{t.none}</strong>
              <span className="figure-of">{[t.missing, indicator.owner?.[language]].filter(Boolean).join(' · ')}</span>
            </article>
          </li>
        ))}
      </ul>
      <Crossed crossed={figures.crossed} all={figures.all} roster={roster} />
      {figures.all.length > 1 && <Choice figures={figures} />}
    </section>
  );
}

/** Which of all figures stand here. */
function Choice({ figures: { all, followed, follow } }: { figures: Figures }) {
  const { t, language, number } = useText(figureDeskWords);
  const turn = (code: string, on: boolean): void =>
    follow(on ? [...followed, code] : followed.filter((one) => one !== code));
  return (
    <details className="folds figure-choice">
      <summary>{t.choose(number(followed.length), number(all.length), number(MOST_WATCHED))}</summary>
      <ul>
        {all.map(({ code, name }) => {
          const on = followed.includes(code);
          const stays = on ? followed.length === 1 : followed.length >= MOST_WATCHED;
          return (
            <li key={code}>
              <label className="row">
                <input
                  type="checkbox"
                  checked={on}
                  disabled={stays}
                  onChange={({ target }) => turn(code, target.checked)}
                />
                {name[language]}
              </label>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Card({ figure: { indicator, card }, onOpen }: { figure: Figure; onOpen: () => void }) {
  const { t, language } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const change = text.change(card);
  const later = text.later(card.coming);
  const marks = text.marks(card.coverage);
  return (
    <button type="button" className="figure-card" data-way={`map ${indicator.code}`} onClick={onOpen}>
      <span className="figure-name clip">{text.name}</span>
      <CardStanding card={card} hasMarks={marks.length > 0} />
      <span className="figure-value num">
        <strong>{text.bare(card.value)}</strong> {card.value !== null && text.unit}
      </span>
      <span className="figure-change num clip">{change}</span>
      <span className="figure-line">
        <Series series={card.series} breaks={card.breaks} width={240} height={44} />
        {isBrokenAxis(card.series) && <span className="unseen">{t.brokenAxis}</span>}
      </span>
      {marks.length > 0 && <span className="figure-marks num">{marks.join(' · ')}</span>}
      {later && <span className="figure-later num">{later}</span>}
      <span className="figure-of num">
        {[text.of(card), text.comparedOf(card), text.breaks(card), indicator.owner?.[language]]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </button>
  );
}

/** FG143: on time is said of what nobody doubts, and of what is whole. */
function CardStanding({ card, hasMarks }: { card: FigureCard; hasMarks: boolean }) {
  const { t } = useText(figureDeskWords);
  const mostly = mostlyOf(card.coverage);
  if (mostly) return <span className={`figure-standing ${mostly}`}>{t.state[mostly]}</span>;
  if (card.state === 'none') return null;
  if (card.coming?.period === card.period) return <span className="figure-standing late">{t.isComing}</span>;
  if (hasMarks && card.state === 'fresh') return null;
  return <span className={`figure-standing ${card.state}`}>{t.state[card.state]}</span>;
}
