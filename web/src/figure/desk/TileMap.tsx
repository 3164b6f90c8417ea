import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type FigureFrame, shortName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { usePreferences } from '../../session/preferences.tsx';
import { type PaintedCell, paintMap, repaintMap } from '../../staged/paintMap.ts';
import type { MapRow } from '../../staged/provinces.ts';
import { useSize } from '../../ui/useSize.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { INSET, layOut, type Placed } from './mapLayout.ts';
import { type MapPlace, stateAt } from './mapPlaces.ts';
import { nearestIn } from './nearestIn.ts';
import './tileMap.css';

/** What stands on a tile, and what a screen reader hears of it. */
export interface TileText {
  readonly name: string;
  /** Of an archipelago: its province. */
  readonly of?: string | undefined;
  readonly value: string;
  readonly spoken: string;
}
interface TileMapProps {
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  readonly rows: readonly MapRow[];
  readonly textOf: (place: MapPlace) => TileText;
  /** Custom property with the colour of a cell. */
  readonly colourOf: (index: number) => string;
  readonly chosen: string | undefined;
  /** Paths of units that stand out: chosen by a rule. */
  readonly marked: ReadonlySet<string>;
  readonly onOpen: (place: MapPlace) => void;
  /** What is said of the cell under the pointer. */
  readonly tipOf: (index: number) => string;
  readonly autoFocus: boolean;
}

/** What the canvas shows: which cells, in which looks, on which ground. */
interface Painted {
  readonly of: object | undefined;
  readonly cells: readonly PaintedCell[];
  readonly on: string;
}

/** Of the line with a name, as the style has it: on a wide map larger. */
const SMALL = { px: 13, head: 17 };
const LARGE = { px: 15, head: 20, from: 1150 };
const NAME_PADDING = 14;
/** What most values are no wider than: a tile keeps room for it, so that none moves when a value grows. */
const USUAL = ' 00.000';
/** A unit without units below it is a tile of its own, with room for its value. */
const LEAF = { least: 132, head: 42 };
const NOTHING: ReturnType<typeof layOut> = { blocks: [], pitch: 1, height: 0 };

/** A territory at one look, a tile for each unit right below it, in it a cell for each that reports. */
export function TileMap(props: TileMapProps) {
  const { frame, places, rows, textOf, colourOf, chosen, marked, onOpen, tipOf, autoFocus } = props;
  const { t } = useText(figureDeskWords);
  const { theme } = usePreferences();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, size] = useSize<HTMLDivElement>();
  const [at, setAt] = useState<string>();
  const [pointed, setPointed] = useState<{ readonly cell: number; readonly x: number; readonly y: number }>();
  const texts = useMemo(() => new Map(places.map((place) => [place.key, textOf(place)])), [places, textOf]);
  const leaves = places.every(({ cells, of }) => cells.length <= 1 && of === undefined);
  const letters = size.width > LARGE.from ? LARGE : SMALL;
  const head = leaves ? LEAF.head : letters.head;
  const laid = useMemo(() => {
    if (size.width === 0) return NOTHING;
    const blocks = places.map(({ key, name, of, cells }) => {
      const line = of === undefined ? shortName(name) : `${name} ${of}`;
      const least = leaves ? Math.min(LEAF.least, size.width) : widthOf(line, letters.px) + NAME_PADDING;
      return { code: key, cells: cells.length, least, wish: least + (leaves ? 0 : widthOf(USUAL, letters.px)) };
    });
    return layOut(blocks, rows, { ...size, head });
  }, [places, rows, size, leaves, letters, head]);
  const placeOf = useMemo(() => new Map(places.map((place) => [place.key, place])), [places]);
  /** Where each unit of the frame lies. */
  const lying = useMemo(
    () =>
      laid.blocks.flatMap((block) =>
        (placeOf.get(block.code)?.cells ?? []).map((index, i) => ({ index, ...rectOf(block, i, head, leaves) })),
      ),
    [laid, placeOf, head, leaves],
  );
  const painted = useRef<Painted>({ of: undefined, cells: [], on: '' });

  const paint = useCallback((): void => {
    if (!canvas.current || size.width === 0) return;
    const style = getComputedStyle(canvas.current);
    const known = new Map<string, string>();
    const read = (name: string): string => {
      const value = known.get(name) ?? style.getPropertyValue(name);
      known.set(name, value);
      return value;
    };
    const cells = lying.map(
      ({ index, x, y, width, height }): PaintedCell => ({
        ...{ x, y, width, height },
        colour: read(colourOf(index)),
        state: stateAt(frame, index),
        marked: marked.has(frame.units[index] ?? ''),
      }),
    );
    const by = { ground: read('--surface'), line: read('--line-strong'), mark: read('--ink') };
    // The ground lies in the gaps of all patterns.
    const on = `${by.ground} ${window.devicePixelRatio}`;
    const { current: last } = painted;
    const stays = last.of === lying && last.on === on;
    if (!stays || !repaintMap(canvas.current, last.cells, cells, by))
      paintMap(canvas.current, { width: size.width, height: laid.height }, cells, by);
    painted.current = { of: lying, cells, on };
  }, [laid, lying, frame, colourOf, size, marked]);
  useLayoutEffect(paint, [paint]);
  // Colours of another theme are on the page a moment later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what changes the colours
  useEffect(() => {
    const soon = requestAnimationFrame(paint);
    return () => cancelAnimationFrame(soon);
  }, [theme]);

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
        const fits =
          leaves || widthOf(`${text.name}${text.of ?? ''} ${text.value}`, letters.px) + NAME_PADDING <= block.width;
        return (
          <button
            key={block.code}
            type="button"
            data-key={block.code}
            className={leaves ? 'map-tile leaf' : text.of === undefined ? 'map-tile' : 'map-tile sea'}
            aria-label={text.spoken}
            aria-current={place.path !== undefined && place.path === chosen ? 'true' : undefined}
            tabIndex={block.code === stop ? 0 : -1}
            style={placeStyle(block)}
            onFocus={() => setAt(block.code)}
            onClick={() => onOpen(place)}
          >
            <span className="map-name clip">{text.name}</span>
            {text.of !== undefined && <span className="map-of clip">{text.of}</span>}
            {fits && <span className="map-value num">{text.value}</span>}
          </button>
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

/** Beside the pointer, towards the middle. */
const tipStyle = ({ x, y }: { x: number; y: number }, width: number): CSSProperties => ({
  top: y + 18,
  ...(x < width / 2 ? { left: x } : { right: width - x }),
});
const placeStyle = ({ x, y, width, height }: Placed): CSSProperties => ({ left: x, top: y, width, height });

/** Of the i-th cell of a tile; a tile of one unit is its cell. */
function rectOf({ x, y, width, height, across, pitch, rise }: Placed, i: number, head: number, leaf: boolean) {
  if (leaf) return { x: x + 4, y: y + head, width: width - 8, height: height - head - 4 };
  // Smaller ones touch: what is between them would be more than they are.
  const side = pitch > 4 ? pitch - 1 : pitch;
  return {
    x: x + INSET + (i % across) * pitch,
    y: y + head + INSET + Math.floor(i / across) * rise,
    width: side,
    height: side + rise - pitch,
  };
}

let measure: CanvasRenderingContext2D | null | undefined;
/** Of a text as the style writes a name. */
function widthOf(text: string, px: number): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (!measure) return text.length * 8;
  measure.font = `700 ${px}px "Be Vietnam Pro"`;
  return Math.ceil(measure.measureText(text).width);
}
