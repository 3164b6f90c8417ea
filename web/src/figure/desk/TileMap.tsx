import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { type FigureFrame, shortName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { MapRow } from '../../staged/provinces.ts';
import { useSize } from '../../ui/useSize.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { MapTile, NAME_PADDING } from './MapTile.tsx';
import { INSET, layOut } from './mapLayout.ts';
import type { MapPlace } from './mapPlaces.ts';
import { nearestIn } from './nearestIn.ts';
import { keyOf, tipStyle } from './pointed.ts';
import { useCells } from './useCells.ts';
import { lettersOfPage, widthOf } from './widthOf.ts';
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
}
export interface TileMapProps {
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  readonly rows: readonly MapRow[];
  /** Paths of units there that are no cells, which have no tile. */
  readonly rest: readonly string[];
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
  /** Where it is known before there is a map: then it is laid out once. */
  readonly room?: { readonly width: number; readonly height: number } | undefined;
}

/** Of the line with a name, as the style has it, in parts of the page's own letters: on a wide map larger. */
const SMALL = { letters: 13 / 16, head: 17 / 16 };
const LARGE = { letters: 15 / 16, head: 20 / 16, from: 1150 };
/** What most values are no wider than: a tile keeps room for it, so that none moves when a value grows. */
const USUAL = ' 00.000';
/** A unit without units below it is a tile of its own, with room for its value, which is larger than its name. */
const LEAF = { least: 132 / 16, head: 50 / 16 };
const NOTHING: ReturnType<typeof layOut> = { blocks: [], pitch: 1, height: 0 };

/** A territory at one look, a tile for each unit right below it, in it a cell for each that reports. */
export function TileMap(props: TileMapProps) {
  const { frame, places, rows, textOf, colourOf, chosen, marked, present, onOpen, tipOf, autoFocus, room } = props;
  const { t } = useText(figureDeskWords);
  const [box, size] = useSize<HTMLDivElement>(room);
  const [at, setAt] = useState<string>();
  const [pointed, setPointed] = useState<{ readonly cell: number; readonly x: number; readonly y: number }>();
  const texts = useMemo(() => new Map(places.map((place) => [place.key, textOf(place)])), [places, textOf]);
  const leaves = places.every(({ cells, of }) => cells.length <= 1 && of === undefined);
  const line = size.width > LARGE.from ? LARGE : SMALL;
  // A wall has larger letters than a desk: a name is measured as it is written.
  const rem = lettersOfPage();
  const px = line.letters * rem;
  const head = Math.ceil((leaves ? LEAF.head : line.head) * rem);
  const laid = useMemo(() => {
    if (size.width === 0) return NOTHING;
    const blocks = places.map(({ key, name, of, cells }) => {
      const words = of === undefined ? shortName(name) : `${name} ${of}`;
      const least = leaves ? Math.min(LEAF.least * rem, size.width) : widthOf(words, px) + NAME_PADDING;
      return { code: key, cells: cells.length, least, wish: least + (leaves ? 0 : widthOf(USUAL, px)) };
    });
    return layOut(blocks, rows, { ...size, head, leaves });
  }, [places, rows, size, leaves, rem, px, head]);
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
      onFocus={({ target }) => setAt(keyOf(target))}
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
