import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { enlarged, roomsOf, titleBoxes } from '../../../staged/borders/enlarged.ts';
import { Insets } from '../../../staged/borders/Insets.tsx';
import { labelsOf, viewOf, type WrittenSize } from '../../../staged/borders/layBorders.ts';
import { isInside, type Shapes } from '../../../staged/borders/shapes.ts';
import { lettersOfPage, widthOf } from '../../../staged/widthOf.ts';
import { useSize } from '../../../ui/useSize.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { NAME_PADDING } from '../MapTile.tsx';
import type { MapPlace } from '../mapPlaces.ts';
import { focusOf, keyOf, tipStyle } from '../pointed.ts';
import type { TileMapProps, TileText } from '../TileMap.tsx';
import { writtenOn } from '../writtenOn.ts';
import { nearestAhead } from './nearestAhead.ts';
import { piecesOf } from './pieces.ts';
import { useDrawn } from './useDrawn.ts';
import './borderMap.css';

/** Across the circle around a rank, in letters of the page: as borderMap.css has it. */
const RANK_EM = 18 / 16;
/** Which of the ways to write it a label has. */
const shownAs = ({ value, rank }: TileText, way: number): 'whole' | 'value' | 'rank' | 'none' =>
  way === 0 ? 'whole' : way === 1 && value !== '' ? 'value' : rank === undefined ? 'none' : 'rank';

interface BorderMapProps extends Omit<TileMapProps, 'rows' | 'room'> {
  readonly shapes: Shapes;
  /** Paths of units there that are no cells. */
  readonly rest: readonly string[];
}

/** A territory within its borders: what the map of tiles says, where it lies. */
export function BorderMap(props: BorderMapProps) {
  const { shapes, frame, places, rest, textOf, chosen, onOpen, onAt, tipOf, autoFocus, from } = props;
  const { t, language } = useText(figureDeskWords);
  const [box, size] = useSize<HTMLDivElement>();
  const [at, setAt] = useState(from);
  const [pointed, setPointed] = useState<{ readonly cell: number; readonly x: number; readonly y: number }>();
  const texts = useMemo(() => new Map(places.map((place) => [place.key, textOf(place)])), [places, textOf]);
  const { units } = frame;
  const { insets } = shapes;
  const { drawn, ground } = useMemo(() => {
    const own = piecesOf({ places, rest, units }, shapes);
    return {
      drawn: [...own.drawn, ...enlarged(own.drawn, insets)],
      ground: [...own.ground, ...enlarged(own.ground, insets)],
    };
  }, [places, rest, shapes, units, insets]);
  const pieces = useMemo(() => [...drawn, ...ground], [drawn, ground]);
  const view = useMemo(
    () => viewOf([...pieces.map(({ shape }) => shape), ...roomsOf(insets)], size),
    [pieces, size, insets],
  );
  const isRanked = useMemo(() => [...texts.values()].some(({ rank }) => rank !== undefined), [texts]);
  const labels = useMemo(() => {
    const rem = lettersOfPage();
    const { letters, line } = writtenOn(size.width);
    const ways = ({ key }: MapPlace): readonly WrittenSize[] => {
      const { name = '', of, value = '', rank } = texts.get(key) ?? {};
      const written = (words: string): WrittenSize => [
        widthOf(words, letters * rem) + NAME_PADDING,
        Math.ceil(line * rem),
      ];
      const whole = written(`${name} ${of ?? ''} ${value}`);
      if (of !== undefined || !isRanked) return [whole];
      const circle = RANK_EM * rem;
      return [whole, ...(value === '' ? [] : [written(value)]), rank === undefined ? written('–') : [circle, circle]];
    };
    const titles = titleBoxes(insets, view, rem, language);
    return labelsOf(places, pieces, view, size, ways, undefined, isRanked, titles);
  }, [pieces, places, texts, view, size, isRanked, insets, language]);
  const canvas = useDrawn({ ...props, drawn, pieces, view, size });

  const stop = at !== undefined && labels.some(({ key }) => key === at) ? at : (labels[0]?.key ?? '');
  const focus = (key: string): void => {
    setAt(key);
    box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const laidOut = labels.length > 0 && size.width > 0;
  const focused = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever came by keyboard goes on in it, once
  useEffect(() => {
    if (!autoFocus || !laidOut || focused.current) return;
    focused.current = true;
    focus(stop);
  }, [laidOut]);
  const onKey = (event: KeyboardEvent): void => {
    const to = nearestAhead(labels, stop, event.key);
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  };
  const under = (x: number, y: number) => {
    const [mx, my] = [(x - view.left) / view.scale, (y - view.top) / view.scale];
    return drawn.findLast(({ shape }) => isInside(shape, mx, my));
  };
  const pointIn = (target: HTMLElement, clientX: number, clientY: number): readonly [number, number] => {
    const { left, top } = target.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field set is a form's
    <div
      ref={box}
      className="tile-map border-map"
      role="group"
      aria-label={t.map}
      onKeyDown={onKey}
      {...focusOf((key) => {
        if (key !== undefined) setAt(key);
        onAt(key);
      })}
      onClick={({ target, currentTarget, clientX, clientY }) => {
        const key = keyOf(target) ?? under(...pointIn(currentTarget, clientX, clientY))?.key;
        const place = places.find((one) => one.key === key);
        if (place) onOpen(place);
      }}
      onPointerMove={({ currentTarget, clientX, clientY }) => {
        const [x, y] = pointIn(currentTarget, clientX, clientY);
        const cell = under(x, y)?.cell;
        setPointed(cell === undefined ? undefined : { cell, x, y });
      }}
      onPointerLeave={() => setPointed(undefined)}
    >
      {/* What its names say, and the table beside it. */}
      <canvas ref={canvas} aria-hidden />
      <Insets {...{ insets, view, labels, size }} />
      {labels.map(({ key, x, y, fits, way }) => {
        const text = texts.get(key);
        const place = places.find((one) => one.key === key);
        if (!text || !place) return null;
        return (
          <button
            key={key}
            type="button"
            data-key={key}
            className={fits ? 'border-name' : 'border-name hidden'}
            data-way={isRanked && text.of === undefined ? shownAs(text, way) : undefined}
            aria-label={text.spoken}
            aria-current={place.path !== undefined && place.path === chosen ? 'true' : undefined}
            tabIndex={key === stop ? 0 : -1}
            style={{ left: x, top: y }}
          >
            {text.rank !== undefined && <span className="map-rank num">{text.rank}</span>}
            <span className="map-name">{text.name}</span>
            {text.of !== undefined && <span className="map-of">{text.of}</span>}
            {text.value !== '' && <span className="map-value num">{text.value}</span>}
            {text.here !== undefined && <i className="map-here" style={{ width: `${text.here * 100}%` }} />}
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
