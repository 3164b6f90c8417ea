import { Phone } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { codeOf, shortName } from '../../../api/contract.ts';
import { GroundMap } from '../../../figure/desk/borders/GroundMap.tsx';
import { useBorders } from '../../../figure/desk/borders/useBorders.ts';
import { type MapPlace, NO_PLACES, placesOf } from '../../../figure/desk/mapPlaces.ts';
import type { TileText } from '../../../figure/desk/TileMap.tsx';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { directiveMapWords } from '../../words/map.vi.ts';
import { issuerApi } from '../issuerApi.ts';
import { type DirectiveFrame, frameOf, mapStandings, patternOf, standingColours, sumsOf } from './mapStandings.ts';
import './directiveMap.css';

interface DirectiveMapProps {
  readonly directive: string;
  /** Code of what is shown. */
  readonly root: string;
  /** When the figures beside it were told last: what moved them is on the map then. */
  readonly toldAt: string;
  readonly roster: RosterView;
  /** Whoever is in it goes on in it. */
  readonly autoFocus: boolean;
  readonly onDrill: (to: { readonly unit: string; readonly name: string }) => void;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
}
/** It is read again when something has moved, at most this often. */
const AGAIN_MS = 3_000;

/** FG68: where each addressee of a directive stands: who has accepted it, is done with it, or is late. */
export default function DirectiveMap(props: DirectiveMapProps) {
  const { directive, root, toldAt, roster, autoFocus, onDrill, onCall } = props;
  const { t, number } = useText(directiveMapWords);
  const { t: ui } = useText(uiWords);
  const { frame, failed } = useStates(directive, root, toldAt);
  const [chosen, setChosen] = useState<string>();
  const shapes = useBorders();
  const place = roster.byCode.get(root)?.path ?? root;
  const units = frame?.units;
  const { places, rows, rest } = useMemo(
    () => (units ? placesOf({ units }, roster, place) : NO_PLACES),
    [units, roster, place],
  );
  const nameAt = useCallback((path: string) => roster.byCode.get(codeOf(path))?.name ?? codeOf(path), [roster]);
  const cellWords = useCallback(
    (cell: number): string => {
      if (!frame) return '';
      const path = frame.units[cell] ?? '';
      const late = frame.overdue.has(path) ? `, ${t.overdueOne}` : '';
      return `${t.standing[frame.standings[cell] ?? 'waiting']}${late}`;
    },
    [frame, t],
  );
  const textOf = useCallback(
    ({ path, name, of, cells }: MapPlace): TileText => {
      const long = of === undefined ? name : t.archipelago(name, of);
      const sea = of === undefined ? {} : { of };
      if (!frame || cells.length === 0)
        return { name: shortName(name), ...sea, value: '', spoken: `${long}: ${t.noAddressee}` };
      const [only = -1] = cells;
      if (cells.length === 1 && frame.units[only] === path)
        return { name, ...sea, value: cellWords(only), spoken: `${long}: ${cellWords(only)}` };
      const { done, accepted, overdue } = sumsOf(frame, cells);
      const late = overdue > 0 ? number(overdue) : undefined;
      return {
        ...{ name: shortName(name), ...sea, value: `${number(done + accepted)}/${number(cells.length)}` },
        spoken: t.tile(long, number(done), number(accepted), number(cells.length), late),
      };
    },
    [frame, t, number, cellWords],
  );
  const top = useRef<HTMLDivElement>(null);
  const there = frame !== undefined;
  // Below the sums there is seldom room for it.
  useEffect(() => {
    if (there) top.current?.scrollIntoView({ block: 'start' });
  }, [there]);
  const colourOf = useCallback((cell: number) => standingColours[frame?.standings[cell] ?? 'waiting'], [frame]);
  if (!frame)
    return (
      <p className={failed ? 'stale empty' : 'soft empty'} role="status">
        {failed ? t.failed : ui.loading}
      </p>
    );
  const open = ({ path, cells }: MapPlace): void => {
    if (path === undefined || cells.length === 0) return;
    if (cells.length === 1 && frame.units[cells[0] ?? -1] === path) setChosen(path);
    else onDrill({ unit: codeOf(path), name: nameAt(path) });
  };
  const cell = chosen === undefined ? -1 : frame.units.indexOf(chosen);
  return (
    <div ref={top} className="directive-map">
      {failed && <p className="stale">{t.failed}</p>}
      {/* Above the map, which is as high as what is seen of the page. */}
      <MapLegend frame={frame} cells={places.flatMap(({ cells }) => cells)} />
      <GroundMap
        key={place}
        {...{ shapes, frame, places, rows, rest, textOf, colourOf, chosen }}
        marked={frame.overdue}
        tipOf={(at) => `${nameAt(frame.units[at] ?? '')}: ${cellWords(at)}`}
        onOpen={open}
        autoFocus={autoFocus}
      />
      {chosen !== undefined && cell >= 0 && (
        <p className="directive-chosen" role="status">
          <span>
            <strong>{nameAt(chosen)}</strong> <span className="soft">{cellWords(cell)}</span>
          </span>
          {onCall && (
            <button type="button" className="button small" onClick={() => onCall(codeOf(chosen), nameAt(chosen))}>
              <Phone size={18} aria-hidden />
              {t.call(nameAt(chosen))}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function MapLegend({ frame, cells }: { frame: DirectiveFrame; cells: readonly number[] }) {
  const { t, number } = useText(directiveMapWords);
  const sums = sumsOf(frame, cells);
  return (
    <ul className="directive-legend" aria-label={t.legend}>
      {mapStandings
        .filter((standing) => standing !== (sums.recalled > 0 ? 'waiting' : 'recalled'))
        .map((standing) => (
          <li key={standing} className="num">
            <span
              className={`directive-mark ${patternOf[standing]}`}
              style={{ color: `var(${standingColours[standing]})` }}
              aria-hidden
            />
            {t.standing[standing]} <strong>{number(sums[standing])}</strong>
          </li>
        ))}
      <li className="num">
        <span className="directive-mark overdue" aria-hidden />
        {t.overdue} <strong>{number(sums.overdue)}</strong>
      </li>
    </ul>
  );
}

function useStates(directive: string, root: string, toldAt: string) {
  const { api } = useOffice();
  const load = useCallback(
    async () => frameOf(await issuerApi.states(api, directive, root), root),
    [api, directive, root],
  );
  const { value, error, reload } = usePolled(load);
  const read = useRef(Date.now());
  const told = useRef(toldAt);
  useEffect(() => {
    // It was read for that when it was opened.
    if (told.current === toldAt) return;
    told.current = toldAt;
    const timer = setTimeout(
      () => {
        read.current = Date.now();
        reload();
      },
      Math.max(0, read.current + AGAIN_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [toldAt, reload]);
  return { frame: value, failed: error !== undefined };
}
