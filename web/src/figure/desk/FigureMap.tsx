import { ArrowLeft, History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { StageSound } from '../../floor/stage/StageSound.tsx';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { KeyMark } from '../../ui/Shortcuts.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { figurePastWords } from '../words/past.vi.ts';
import { useBorders } from './borders/useBorders.ts';
import { Against } from './change/Against.tsx';
import { type MapView, mapViews } from './mapJoins.ts';
import { type KeptChoice, OpenMap } from './OpenMap.tsx';
import { PastContext } from './past/Past.tsx';
import { PastBar } from './past/PastBar.tsx';
import { useTimeMachine } from './past/useTimeMachine.ts';
import { Simulated } from './Simulated.tsx';
import type { Figure, Figures } from './useFigures.ts';
import { useFigureText } from './useFigureText.ts';
import './figureMap.css';

interface FigureMapProps {
  readonly figures: Figures;
  /** Code of the indicator that is shown. */
  readonly shown: string;
  readonly roster: RosterView | undefined;
  readonly choice: KeptChoice;
  readonly onShow: (indicator: string) => void;
  readonly onClose: () => void;
}
type MapShape = 'map' | 'tiles' | 'table';

/** One figure over a whole territory, and of each unit in it. */
export default function FigureMap({ figures: known, shown, roster, choice, onShow, onClose }: FigureMapProps) {
  const figures = known.shown;
  const listed = known.all.filter(({ code }) => code === shown || figures.some((one) => one.indicator.code === code));
  const { t } = useText(figureDeskWords);
  const { t: ui, language } = useText(uiWords);
  const figure = figures.find(({ indicator }) => indicator.code === shown);
  const { t: past } = useText(figurePastWords);
  const machine = useTimeMachine(figure);
  const { seen } = machine;
  const map = seen ?? (machine.past ? undefined : figure);
  const [view, setView] = useState<MapView>('value');
  const [ago, setAgo] = useState(0);
  const [joined, setJoined] = useState(false);
  // What comes once has nothing before it.
  const views = mapViews.filter((one) => one !== 'change' || figure?.indicator.every !== 'once');
  const isLooking = machine.moment !== undefined;
  const [shape, setShape] = useState<MapShape>('map');
  const borders = useBorders();
  const named: readonly MapShape[] = borders ? ['map', 'tiles', 'table'] : ['map', 'table'];
  const picture = useRef<MapShape>('map');
  const turn = (to: MapShape): void => {
    if (to !== 'table') picture.current = to;
    setShape(to);
  };
  useShortcuts({ t: () => turn(shape === 'table' ? picture.current : 'table') });
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
          {listed.map(({ code, name }) => (
            <option key={code} value={code}>
              {name[language]}
            </option>
          ))}
        </select>
        {seen && <HeadLine {...seen} isPast={machine.at !== undefined} />}
        <div className="figure-controls">
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
          <FilterChips label={t.view} names={views} chosen={views.includes(view) ? view : 'value'} onChoose={setView}>
            {(name) => t.views[name]}
          </FilterChips>
          {map && view === 'change' && <Against of={map} ago={ago} onAgo={setAgo} />}
          <ToggleButton className="chip" isSelected={joined} isDisabled={isLooking} onChange={setJoined}>
            {t.presence}
          </ToggleButton>
          <FilterChips label={t.shape} names={named} chosen={shape} onChoose={turn}>
            {(name) => (
              <>
                {t.shapes[name]}
                {name === (shape === 'table' ? picture.current : 'table') && <KeyMark name="T" />}
              </>
            )}
          </FilterChips>
        </div>
      </header>
      {figure && <PastBar {...{ machine, figure, roster }} />}
      <StageSound />
      <PastContext value={machine.moment}>
        {map && roster ? (
          <OpenMap
            key={shown}
            {...map}
            {...{ figures, roster, shape, joined, ago, choice }}
            shapes={borders}
            view={views.includes(view) ? view : 'value'}
          />
        ) : (
          <p className="soft empty" role="status">
            {!figure && known.answered.includes(shown) ? t.none : figure && machine.past ? past.none : t.loading}
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
  // Its place says already that there is none yet.
  const isComing = card.coming?.period === card.period;
  const marks = text.marks(card.coverage);
  const standing = card.state === 'none' || marks.length > 0 ? undefined : isComing ? t.isComing : t.state[card.state];
  const later = text.later(card.coming);
  return (
    <p className="figure-total num">
      <strong>{text.bare(card.value)}</strong> {card.value !== null && text.unit}
      {indicator.simulated && <Simulated />}
      <span className={link === 'online' || isPast ? 'soft' : 'stale'}>
        {link === 'online' || isPast ? [of, standing].filter(Boolean).join(' · ') : t.offline(of)}
      </span>
      {marks.length > 0 && <span className="figure-marks">{marks.join(' · ')}</span>}
      {later && <span className="figure-later">{later}</span>}
    </p>
  );
}
