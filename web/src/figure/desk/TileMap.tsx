import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { FigureFrame } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { MapRow } from '../../staged/provinces.ts';
import { lettersOfPage } from '../../staged/widthOf.ts';
import { useSize } from '../../ui/useSize.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { layTiles } from './layTiles.ts';
import { MapTile } from './MapTile.tsx';
import { INSET } from './mapLayout.ts';
import type { MapPlace } from './mapPlaces.ts';
import { nearestIn } from './nearestIn.ts';
import { focusOf, keyOf, tipStyle } from './pointed.ts';
import { useCells } from './useCells.ts';
import '../../staged/shades.css';
import './tileMap.css';

/** What stands on a tile, and what a screen reader hears of it. */
export interface TileText {
  readonly name: string;
  /** Of an archipelago: its province. */
  readonly of?: string | undefined;
  readonly value: string;
  readonly spoken: string;
  /** FG98: of its units, as a share; undefined: the map does not say who is here. */
  readonly here?: number | undefined;
  /** FG163: among all places of the map, by what is shown; undefined: it has none. */
  readonly rank?: number | undefined;
}
export interface TileMapProps {
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  readonly rows: readonly MapRow[];
  readonly textOf: (place: MapPlace) => TileText;
  /** Custom property with the colour of a cell. */
  readonly colourOf: (index: number) => string;
  readonly chosen: string | undefined;
  /** Paths of units that stand out: chosen by a rule. */
  readonly marked: ReadonlySet<string>;
  /** FG98: paths of units that are in the briefing; left out: nothing is said of it. */
  readonly present?: ReadonlySet<string> | undefined;
  readonly onOpen: (place: MapPlace) => void;
  /** What is said of the cell under the pointer. */
  readonly tipOf: (index: number) => string;
  readonly autoFocus: boolean;
  /** Key of the place at which it is begun; undefined: the first. */
  readonly from: string | undefined;
  /** Which place has the focus; undefined: it is elsewhere on the page. */
  readonly onAt: (key: string | undefined) => void;
  /** Where it is known before there is a map: then it is laid out once. */
  readonly room?: { readonly width: number; readonly height: number } | undefined;
}

/** A territory at one look, a tile for each unit right below it, in it a cell for each that reports. */
export function TileMap(props: TileMapProps) {
  const { frame, places, rows, textOf, colourOf, chosen, marked, present, onOpen, onAt, tipOf, room } = props;
  const { autoFocus, from } = props;
  const { t } = useText(figureDeskWords);
  const [box, size] = useSize<HTMLDivElement>(room);
  const [at, setAt] = useState(from);
  const [pointed, setPointed] = useState<{ readonly cell: number; readonly x: number; readonly y: number }>();
  const texts = useMemo(() => new Map(places.map((place) => [place.key, textOf(place)])), [places, textOf]);
  // A wall has larger letters than a desk: a name is measured as it is written.
  const rem = lettersOfPage();
  const { laid, leaves, px, head } = useMemo(() => layTiles(places, rows, size, rem), [places, rows, size, rem]);
  const placeOf = useMemo(() => new Map(places.map((place) => [place.key, place])), [places]);
  const canvas = useCells({ frame, colourOf, marked, present, placeOf, size, laid, head, leaves });

  const stop = at !== undefined && placeOf.has(at) ? at : (places[0]?.key ?? '');
  const focus = (key: string): void => {
    setAt(key);
    box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const laidOut = laid.blocks.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever came by keyboard goes on in it, once
  useEffect(() => {
    if (autoFocus && laidOut) focus(stop);
  }, [laidOut]);
  const onKey = (event: KeyboardEvent): void => {
    const to = nearestIn(laid.blocks, stop, event.key);
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  };
  const cellUnder = (x: number, y: number): number | undefined => {
    const block = laid.blocks.find(
      (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
    );
    const cells = block && placeOf.get(block.code)?.cells;
    if (!block || !cells) return undefined;
    if (leaves) return cells[0];
    const column = Math.floor((x - block.x - INSET) / block.pitch);
    const row = Math.floor((y - block.y - head - INSET) / block.rise);
    return column < 0 || column >= block.across || row < 0 ? undefined : cells[row * block.across + column];
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field set is a form's
    <div
      ref={box}
      className="tile-map"
      role="group"
      aria-label={t.map}
      onKeyDown={onKey}
      {...focusOf((key) => {
        if (key !== undefined) setAt(key);
        onAt(key);
      })}
      onClick={({ target }) => {
        const place = placeOf.get(keyOf(target) ?? '');
        if (place) onOpen(place);
      }}
      onPointerMove={({ currentTarget, clientX, clientY }) => {
        const { left, top } = currentTarget.getBoundingClientRect();
        const [x, y] = [clientX - left, clientY - top + currentTarget.scrollTop];
        const cell = cellUnder(x, y);
        setPointed(cell === undefined ? undefined : { cell, x, y });
      }}
      onPointerLeave={() => setPointed(undefined)}
    >
      {/* What its tiles say, and the table beside it. */}
      <canvas ref={canvas} aria-hidden />
      {laid.blocks.map((block) => {
        const place = placeOf.get(block.code);
        const text = texts.get(block.code);
        if (!place || !text) return null;
        return (
          <MapTile
            key={block.code}
            {...{ block, px, leaf: leaves }}
            {...{ name: text.name, of: text.of, value: text.value, spoken: text.spoken, here: text.here }}
            rank={text.rank}
            current={place.path !== undefined && place.path === chosen}
            stop={block.code === stop}
          />
        );
      })}
      {pointed && (
        <p className="map-tip num" style={tipStyle(pointed, size.width)} aria-hidden>
          {tipOf(pointed.cell)}
        </p>
      )}
    </div>
  );
}
