import { ArrowLeft, History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { figurePastWords } from '../words/past.vi.ts';
import { type KeptChoice, OpenMap } from './OpenMap.tsx';
import { PastContext } from './past/Past.tsx';
import { PastBar } from './past/PastBar.tsx';
import { useTimeMachine } from './past/useTimeMachine.ts';
import { Simulated } from './Simulated.tsx';
import type { Figure } from './useFigures.ts';
import { useFigureText } from './useFigureText.ts';
import './figureMap.css';

interface FigureMapProps {
  readonly figures: readonly Figure[];
  /** Code of the indicator that is shown. */
  readonly shown: string;
  readonly roster: RosterView | undefined;
  readonly choice: KeptChoice;
  readonly onShow: (indicator: string) => void;
  readonly onClose: () => void;
}
const views = ['value', 'coverage'] as const;
const shapes = ['map', 'table'] as const;

/** One figure over a whole territory, and of each unit in it. */
export default function FigureMap({ figures, shown, roster, choice, onShow, onClose }: FigureMapProps) {
  const { t } = useText(figureDeskWords);
  const { t: ui, language } = useText(uiWords);
  const figure = figures.find(({ indicator }) => indicator.code === shown);
  const { t: past } = useText(figurePastWords);
  const machine = useTimeMachine(figure);
  const { seen } = machine;
  const map = seen ?? (machine.past ? undefined : figure);
  const [view, setView] = useState<(typeof views)[number]>('value');
  const [shape, setShape] = useState<(typeof shapes)[number]>('map');
  useShortcuts({ t: () => setShape((before) => (before === 'map' ? 'table' : 'map')) });
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <section className="figure-map" aria-label={t.title}>
      <header className="figure-head">
        <button ref={back} type="button" className="button small" onClick={onClose}>
          <ArrowLeft size={18} aria-hidden />
          {ui.back}
        </button>
        <select
          className="input"
          aria-label={t.indicator}
          value={shown}
          onChange={({ target }) => onShow(target.value)}
        >
          {figures.map(({ indicator }) => (
            <option key={indicator.code} value={indicator.code}>
              {indicator.name[language]}
            </option>
          ))}
        </select>
        {seen && <HeadLine {...seen} isPast={machine.at !== undefined} />}
        <button
          type="button"
          className="button icon"
          aria-label={past.title}
          title={past.title}
          aria-expanded={machine.open}
          onClick={machine.toggle}
        >
          <History size={18} aria-hidden />
        </button>
        <FilterChips label={t.view} names={views} chosen={view} onChoose={setView}>
          {(name) => t.views[name]}
        </FilterChips>
        <FilterChips label={t.shape} names={shapes} chosen={shape} onChoose={setShape}>
          {(name) => (
            <>
              {t.shapes[name]}
              {name !== shape && <kbd>T</kbd>}
            </>
          )}
        </FilterChips>
      </header>
      {figure && <PastBar {...{ machine, figure, roster }} />}
      <PastContext value={machine.moment}>
        {map && roster ? (
          <OpenMap key={shown} {...map} {...{ figures, roster, view, shape, choice }} />
        ) : (
          <p className="soft empty" role="status">
            {!figure ? t.none : machine.past ? past.none : t.loading}
          </p>
        )}
      </PastContext>
    </section>
  );
}

/** The value of the territory, and what goes with it. */
function HeadLine({ indicator, card, isPast }: Figure & { readonly isPast: boolean }) {
  const { t } = useText(figureDeskWords);
  const { link } = useChannel();
  const text = useFigureText(indicator);
  const of = text.of(card);
  return (
    <>
      <p className="figure-total num">
        <strong>{text.bare(card.value)}</strong> {card.value !== null && text.unit}
        <span className={link === 'online' || isPast ? 'soft' : 'stale'}>
          {link === 'online' || isPast ? `${of} · ${t.state[card.state]}` : t.offline(of)}
        </span>
      </p>
      {indicator.simulated && <Simulated />}
    </>
  );
}
