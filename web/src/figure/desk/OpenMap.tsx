import { useCallback, useMemo, useRef, useState } from 'react';
import { codeOf } from '../../api/contract.ts';
import { CallBeside } from '../../floor/desk/CallBeside.tsx';
import { useReach } from '../../floor/desk/Reach.tsx';
import { useText } from '../../i18n/useText.tsx';
import { parentOf, type RosterView } from '../../organisation/rosterView.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import type { Shapes } from '../../staged/borders/shapes.ts';
import { classesOf } from '../../staged/classes.ts';
import { colourOf, stateColours } from '../../staged/colours.ts';
import { useSize } from '../../ui/useSize.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { GroundMap } from './borders/GroundMap.tsx';
import { usePlaceMap } from './borders/usePlaceMap.ts';
import { colourOfChange } from './change/changeFrame.ts';
import { periodsBefore } from './change/periodsBefore.ts';
import { useChange } from './change/useChange.ts';
import { Choosing } from './choosing/Choosing.tsx';
import { type ChosenAddressees, type ChosenToAsk, FrozenList } from './choosing/FrozenList.tsx';
import { type Frozen, useChoosing } from './choosing/useChoosing.ts';
import { FigureSide } from './FigureSide.tsx';
import { FigureTable } from './FigureTable.tsx';
import { FrameFiles } from './FrameFiles.tsx';
import type { MapView } from './mapJoins.ts';
import { type MapPlace, NO_PLACES, placesOf, stateAt } from './mapPlaces.ts';
import { NowOnly, usePast } from './past/Past.tsx';
import { usePresent } from './present/usePresent.ts';
import { ShadeStrip } from './ShadeStrip.tsx';
import { StageFigures } from './stage/StageFigures.tsx';
import { Trail } from './Trail.tsx';
import { useBeside } from './useBeside.ts';
import type { Figure } from './useFigures.ts';
import { useFrame } from './useFrame.ts';
import { useTileText } from './useTileText.ts';

/** Units that were chosen by a figure, which outlive the map: a directive to them is written beside it. */
export interface KeptChoice {
  readonly frozen: Frozen | undefined;
  readonly keep: (frozen: Frozen | undefined) => void;
  readonly direct: (to: ChosenAddressees) => void;
  /** FG67; undefined: this page opens no rounds. */
  readonly ask?: (whom: ChosenToAsk) => void;
}

interface OpenMapProps extends Figure {
  /** What else is followed. */
  readonly figures: readonly Figure[];
  readonly choice: KeptChoice;
  readonly roster: RosterView;
  readonly view: MapView;
  readonly shape: 'map' | 'tiles' | 'table';
  /** By which a map is drawn; undefined: it is tiles. */
  readonly shapes: Shapes | undefined;
  /** FG98: to who is in the briefing. */
  readonly joined: boolean;
  /** FG97: how many periods lie between the one that is shown and the one that a change is from. */
  readonly ago: number;
}

/** The map or the table of one indicator, at one place of the territory, with what is beside it. */
export function OpenMap({ indicator, card, figures, roster, view, shape, shapes, joined, ago, choice }: OpenMapProps) {
  const { t } = useText(figureDeskWords);
  const { unit: root } = useTools().session.account;
  const reach = useReach();
  const past = usePast() !== undefined;
  const against = view === 'change' ? periodsBefore(indicator.every, card.period, ago + 1)[ago] : undefined;
  const { frame, failed } = useFrame(card, against);
  const beside = useBeside(frame);
  const [ground, room] = useSize<HTMLDivElement>();
  const [place, setPlace] = useState(root.path);
  const [chosen, setChosen] = useState(root.path);
  const byKeyboard = useRef(false);
  const units = frame?.units;
  const {
    places,
    rows,
    rest: unshown,
  } = useMemo(() => (units ? placesOf({ units }, roster, place) : NO_PLACES), [units, roster, place]);
  // Once, with the first frame: a map whose classes move shows news where there is none.
  const fixed = useRef<ReturnType<typeof classesOf>>(undefined);
  if (frame) fixed.current ??= classesOf(indicator, frame.values);
  const classes = fixed.current;
  const change = useChange(indicator, frame, against, ago);
  const { present, failed: unknown } = usePresent(joined && !past ? root.code : undefined, units);
  const textOf = useTileText(indicator, frame, roster, view, { change, present });
  const colour = useCallback(
    (index: number): string => {
      if (!frame || !classes) return '';
      if (view === 'value') return colourOf(indicator, classes, frame.values[index] ?? null);
      if (view === 'coverage') return stateColours[stateAt(frame, index)];
      return colourOfChange(indicator, change?.strong, change?.frame.changes[index] ?? null);
    },
    [frame, classes, view, indicator, change],
  );
  const isReady = view !== 'change' || change !== undefined;
  /** The selection that was frozen here last. */
  const [newest, setNewest] = useState<string>();
  const choosing = useChoosing(indicator, frame, place);
  const kept = choice.frozen?.selection.indicator.code === indicator.code ? choice.frozen : undefined;
  const marked = useMemo(
    () => (choosing.isOpen ? choosing.chosen : new Set(kept?.units.map(({ path }) => path))),
    [choosing.isOpen, choosing.chosen, kept],
  );
  const others = useMemo(
    () => figures.flatMap(({ indicator: one }) => (one.mayStage && one.code !== indicator.code ? [one] : [])),
    [figures, indicator],
  );
  const freeze = async (): Promise<void> => {
    const frozen = await choosing.freeze();
    if (!frozen) return;
    setNewest(frozen.selection.id);
    choice.keep(frozen);
  };
  const go = useCallback((path: string): void => {
    setPlace(path);
    setChosen(path);
  }, []);
  const byPlace = usePlaceMap({
    ...{ indicator, frame, places, roster, view, change, marked, textOf },
    ...{ root: place, shapes: shape === 'map' ? shapes : undefined },
  });
  const ranked = useCallback(
    (one: MapPlace) => ({ ...textOf(one), rank: byPlace.ranks.get(one.key) }),
    [textOf, byPlace.ranks],
  );
  const drawn = byPlace.map ?? {
    ...{ places, marked, rest: unshown, colourOf: colour, textOf: ranked, tipOf: textOf.cell },
    frame: change?.frame ?? frame,
  };
  // A tile that is one cell has room for its value.
  const isRanked =
    shape !== 'table' &&
    (byPlace.map !== undefined || places.some(({ cells, of }) => cells.length > 1 && of === undefined));
  const open = ({ key }: MapPlace): void => {
    const { path, cells } = places.find((one) => one.key === key) ?? NO_PLACE;
    if (path === undefined) return;
    const leaf = cells.length === 1 && frame?.units[cells[0] ?? -1] === path;
    if (leaf) setChosen(path);
    else if (cells.length > 0) go(path);
  };
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
        {frame && failed && <p className="stale">{t.failed}</p>}
        {unknown && <p className="stale">{t.presenceFailed}</p>}
        {classes && shape !== 'table' && (
          <ShadeStrip
            {...{ indicator, view }}
            classes={byPlace.classes ?? classes}
            isOfPlaces={byPlace.map !== undefined}
            isRanked={isRanked}
          />
        )}
        {!frame || !classes || !isReady ? (
          <div ref={ground} className="figure-none">
            <p className={failed ? 'stale' : 'soft'} role="status">
              {card.n === 0 ? t.noneBody : failed ? t.failed : t.loading}
            </p>
          </div>
        ) : places.length === 0 ? (
          <div className="figure-none">
            <strong>{t.none}</strong>
            <p className="soft">{t.noneBody}</p>
          </div>
        ) : shape !== 'table' ? (
          <GroundMap
            key={place}
            shapes={shape === 'map' ? shapes : undefined}
            {...drawn}
            {...{ rows, chosen }}
            frame={drawn.frame ?? frame}
            present={byPlace.map ? undefined : present}
            room={place === root.path ? room : undefined}
            onOpen={open}
            autoFocus={byKeyboard.current}
          />
        ) : (
          <FigureTable
            {...{ frame, places, roster, indicator, marked, change, present }}
            label={nameAt(roster, place)}
            onChoose={setChosen}
          />
        )}
      </section>
      {beside && classes ? (
        <FigureSide
          {...{ indicator, card, roster, place, chosen, view, change, present }}
          ranked={isRanked ? byPlace : undefined}
          frame={beside}
          onChoose={setChosen}
          onCall={(path) => void reach.call(codeOf(path), nameAt(roster, path))}
        >
          <CallBeside />
          <NowOnly>
            <StageFigures
              {...{ indicator, place, chosen, others }}
              reporting={places.reduce((sum, { cells }) => sum + cells.length, 0)}
              isLowest={places.every(({ cells, path }) => path === undefined || units?.[cells[0] ?? -1] === path)}
            />
          </NowOnly>
          <Choosing
            {...{ choosing, indicator, place }}
            unit={units?.includes(chosen) ? chosen : undefined}
            nameOf={(path) => nameAt(roster, path)}
            isPast={past}
            onFreeze={() => void freeze()}
          />
          {kept && !choosing.isOpen && !past && (
            <FrozenList
              key={kept.selection.id}
              frozen={kept}
              isNew={kept.selection.id === newest}
              onChoose={setChosen}
              onDirect={choice.direct}
              onAsk={choice.ask}
              onDrop={() => choice.keep(undefined)}
            />
          )}
          <FrameFiles {...{ indicator, card, place }} />
        </FigureSide>
      ) : (
        <aside className="figure-side">
          <CallBeside />
        </aside>
      )}
    </div>
  );
}

const NO_PLACE: Pick<MapPlace, 'path' | 'cells'> = { path: undefined, cells: [] };
const nameAt = (roster: RosterView, path: string): string => roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
