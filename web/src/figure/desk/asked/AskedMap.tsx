import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { phaseOf } from '../../../api/channel/rounds.ts';
import { type AskedNumber, codeOf, type Round } from '../../../api/contract.ts';
import { CallBeside } from '../../../floor/desk/CallBeside.tsx';
import { useReach } from '../../../floor/desk/Reach.tsx';
import { StageSound } from '../../../floor/stage/StageSound.tsx';
import { clock } from '../../../i18n/formats.ts';
import { useText } from '../../../i18n/useText.tsx';
import { withUnit } from '../../../i18n/withUnit.ts';
import { parentOf, type RosterView } from '../../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../../session/BriefingContext.tsx';
import type { Shapes } from '../../../staged/borders/shapes.ts';
import { classesOf } from '../../../staged/classes.ts';
import { colourOf, stateColours } from '../../../staged/colours.ts';
import { FilterChips } from '../../../ui/FilterChips.tsx';
import { KeyMark } from '../../../ui/Shortcuts.tsx';
import { useNow } from '../../../ui/useNow.ts';
import { useShortcuts } from '../../../ui/useShortcuts.ts';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { askedWords } from '../../words/asked.vi.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { GroundMap } from '../borders/GroundMap.tsx';
import { useBorders } from '../borders/useBorders.ts';
import { FigureTable } from '../FigureTable.tsx';
import { type MapPlace, NO_PLACES, placesOf, stateAt } from '../mapPlaces.ts';
import { Trail } from '../Trail.tsx';
import { useTileText } from '../useTileText.ts';
import { AskedSide } from './AskedSide.tsx';
import { indicatorOf, stageOf } from './askedFrame.ts';
import { Silent } from './Silent.tsx';
import { useAskedFrame } from './useAskedFrame.ts';
import '../figureMap.css';

type Asking = Round & { readonly number: AskedNumber };
const isAsking = (round: Round): round is Asking => round.number !== undefined;

interface AskedMapProps {
  /** The round that is shown first. */
  readonly shown: string;
  readonly roster: RosterView | undefined;
  readonly onShow: (round: string) => void;
  readonly onClose: () => void;
}
const views = ['value', 'coverage'] as const;
const forms = ['map', 'table'] as const;

/** FG32: a number that a roll-call asks of everybody, on the map while the answers come in. */
export default function AskedMap({ shown, roster, onShow, onClose }: AskedMapProps) {
  const { t } = useText(askedWords);
  const { t: desk } = useText(figureDeskWords);
  const { t: ui } = useText(uiWords);
  const { rounds } = useChannel();
  const asking = rounds.filter(isAsking);
  const round = asking.find(({ id }) => id === shown) ?? asking.at(-1);
  const [view, setView] = useState<(typeof views)[number]>('value');
  const [shape, setShape] = useState<(typeof forms)[number]>('map');
  useShortcuts({ t: () => setShape((before) => (before === 'map' ? 'table' : 'map')) });
  const borders = useBorders();
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
          aria-label={t.round}
          value={round?.id}
          onChange={({ target }) => onShow(target.value)}
        >
          {asking.map(({ id, nr, number }) => (
            <option key={id} value={id}>
              {t.roundOf(nr, number.label)}
            </option>
          ))}
        </select>
        {round && <HeadLine round={round} />}
        <FilterChips label={desk.view} names={views} chosen={view} onChoose={setView}>
          {(name) => desk.views[name]}
        </FilterChips>
        <FilterChips label={desk.shape} names={forms} chosen={shape} onChoose={setShape}>
          {(name) => (
            <>
              {desk.shapes[name]}
              {name !== shape && <KeyMark name="T" />}
            </>
          )}
        </FilterChips>
      </header>
      <StageSound />
      {round && roster ? (
        <AskedBody key={round.id} {...{ round, roster, view, shape, shapes: borders }} />
      ) : (
        <p className="soft empty" role="status">
          {ui.loading}
        </p>
      )}
    </section>
  );
}

/** `41.207 giường từ 9.871/10.051 đơn vị · còn 1:20 · lúc 10:42:07` */
function HeadLine({ round }: { readonly round: Asking }) {
  const { t, number, steps, time } = useText(askedWords);
  const { session } = useTools();
  const { sums, figures, link, clockOffset } = useChannel();
  const now = useNow(clockOffset, round.state !== 'closed');
  const phase = phaseOf(round, now);
  const sum = sums.get(round.id)?.get(session.account.unit.code);
  const at = figures.get(round.id)?.at;
  const left = Math.max(0, Math.ceil((Date.parse(round.deadline) - now) / 1000));
  const stands =
    phase === 'open' ? t.left(clock(left * 1000)) : phase === 'due' ? t.due(time(round.lateUntil)) : t.closed;
  const told = at && (link === 'online' ? t.at(time(at)) : t.offline(time(at)));
  return (
    <p className="figure-total num" aria-live="off">
      <strong>
        {/* What has not come yet is not nothing. */}
        {sum && (sum.value === null ? t.nobody : withUnit(steps(sum.value, round.number.scale), round.number.unit))}
      </strong>
      <span className={link === 'online' ? 'soft' : 'stale'}>
        {[sum && t.from(number(sum.coverage.fresh + sum.coverage.late), number(sum.coverage.expected)), stands, told]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}

interface AskedBodyProps {
  readonly round: Asking;
  readonly roster: RosterView;
  readonly view: 'value' | 'coverage';
  readonly shape: 'map' | 'table';
  readonly shapes: Shapes | undefined;
}

function AskedBody({ round, roster, view, shape, shapes }: AskedBodyProps) {
  const { t } = useText(figureDeskWords);
  const { t: asked } = useText(askedWords);
  const { unit: root } = useTools().session.account;
  const { sums } = useChannel();
  const reach = useReach();
  const indicator = useMemo(() => indicatorOf(round.number), [round.number]);
  const { frame, failed } = useAskedFrame(round, sums.get(round.id), roster);
  const [place, setPlace] = useState(root.path);
  const [chosen, setChosen] = useState(root.path);
  const byKeyboard = useRef(false);
  const units = frame?.units;
  const { places, rows, rest } = useMemo(
    () => (units ? placesOf({ units }, roster, place) : NO_PLACES),
    [units, roster, place],
  );
  const stage = frame && stageOf(frame);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when much more is there than when they were made
  const classes = useMemo(() => frame && classesOf(indicator, frame.values), [stage, indicator]);
  const textOf = useTileText(indicator, frame, roster, view);
  const colour = useCallback(
    (index: number): string => {
      if (!frame || !classes) return '';
      if (view === 'coverage') return stateColours[stateAt(frame, index)];
      return colourOf(indicator, classes, frame.values[index] ?? null);
    },
    [frame, classes, view, indicator],
  );
  const nobody = useMemo(() => new Set<string>(), []);
  const nameAt = (path: string): string => roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
  const go = useCallback((path: string): void => {
    setPlace(path);
    setChosen(path);
  }, []);
  const open = ({ path, cells }: MapPlace): void => {
    if (path === undefined) return;
    if (cells.length === 1 && frame?.units[cells[0] ?? -1] === path) setChosen(path);
    else if (cells.length > 0) go(path);
  };
  if (!frame || !classes)
    return (
      <Waiting>
        <p className={failed ? 'stale empty' : 'soft empty'} role="status">
          {failed ? t.failed : t.loading}
        </p>
      </Waiting>
    );
  if (frame.units.length === 0)
    return (
      <Waiting>
        <p className="soft empty">{asked.asksNobody}</p>
      </Waiting>
    );
  const call = (path: string): void => void reach.call(codeOf(path), nameAt(path));
  return (
    <div className="figure-body">
      <section
        className="figure-ground"
        onKeyDownCapture={({ key }) => {
          byKeyboard.current = true;
          if (key === 'Escape' && place !== root.path) go(parentOf(place));
        }}
        onPointerDownCapture={() => {
          byKeyboard.current = false;
        }}
      >
        {place !== root.path && <Trail roster={roster} root={root.path} place={place} onGo={go} />}
        {failed && <p className="stale">{t.failed}</p>}
        {shape === 'map' ? (
          <GroundMap
            key={place}
            {...{ shapes, frame, places, rows, rest, textOf, chosen }}
            marked={nobody}
            colourOf={colour}
            tipOf={textOf.cell}
            onOpen={open}
            autoFocus={byKeyboard.current}
          />
        ) : (
          <FigureTable
            {...{ frame, places, roster, indicator }}
            marked={nobody}
            label={nameAt(place)}
            onChoose={setChosen}
          />
        )}
      </section>
      <AskedSide {...{ indicator, frame, roster, place, chosen, classes, view }} onChoose={setChosen} onCall={call}>
        <CallBeside />
        <Silent {...{ frame, places, roster, place }} onGo={go} onChoose={setChosen} onCall={call} />
      </AskedSide>
    </div>
  );
}

/** No map: whom one speaks with stays beside it. */
const Waiting = ({ children }: { readonly children: ReactNode }) => (
  <div className="figure-body">
    <section className="figure-ground">{children}</section>
    <aside className="figure-side">
      <CallBeside />
    </aside>
  </div>
);
