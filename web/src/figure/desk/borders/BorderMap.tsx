import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { NAME_PADDING } from '../MapTile.tsx';
import type { MapPlace } from '../mapPlaces.ts';
import { keyOf, tipStyle } from '../pointed.ts';
import type { TileMapProps } from '../TileMap.tsx';
import { lettersOfPage, widthOf } from '../widthOf.ts';
import { labelsOf, piecesOf, viewOf } from './layBorders.ts';
import { nearestAhead } from './nearestAhead.ts';
import { isInside, type Shapes } from './shapes.ts';
import { useDrawn } from './useDrawn.ts';
import './borderMap.css';

interface BorderMapProps extends Omit<TileMapProps, 'rows' | 'room'> {
  readonly shapes: Shapes;
}
/** In parts of the page's own letters, as the style has them. */
const LETTERS = 13 / 16;

/** A territory within its borders: what the map of tiles says, where it lies. */
export function BorderMap(props: BorderMapProps) {
  const { shapes, frame, places, rest, textOf, chosen, onOpen, tipOf, autoFocus } = props;
  const { t } = useText(figureDeskWords);
  const [box, size] = useSize<HTMLDivElement>();
  const [at, setAt] = useState<string>();
  const [pointed, setPointed] = useState<{ readonly cell: number; readonly x: number; readonly y: number }>();
  const texts = useMemo(() => new Map(places.map((place) => [place.key, textOf(place)])), [places, textOf]);
  const { units } = frame;
  const { drawn, ground } = useMemo(() => piecesOf({ places, rest, units }, shapes), [places, rest, shapes, units]);
  const pieces = useMemo(() => [...drawn, ...ground], [drawn, ground]);
  const view = useMemo(
    () =>
      viewOf(
        pieces.map(({ shape }) => shape),
        size,
      ),
    [pieces, size],
  );
  const labels = useMemo(() => {
    const px = LETTERS * lettersOfPage();
    const wide = ({ key }: MapPlace): number => {
      const { name = '', of = '', value = '' } = texts.get(key) ?? {};
      return widthOf(`${name} ${of} ${value}`, px) + NAME_PADDING;
    };
    return labelsOf(places, pieces, view, size, wide);
  }, [pieces, places, texts, view, size]);
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
    return drawn.find(({ shape }) => isInside(shape, mx, my));
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
      onFocus={({ target }) => setAt(keyOf(target))}
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
      {labels.map(({ key, x, y, fits }) => {
        const text = texts.get(key);
        const place = places.find((one) => one.key === key);
        if (!text || !place) return null;
        return (
          <button
            key={key}
            type="button"
            data-key={key}
            className={fits ? 'border-name' : 'border-name hidden'}
            aria-label={text.spoken}
            aria-current={place.path !== undefined && place.path === chosen ? 'true' : undefined}
            tabIndex={key === stop ? 0 : -1}
            style={{ left: x, top: y }}
          >
            <span className="map-name">{text.name}</span>
            {text.of !== undefined && <span className="map-of">{text.of}</span>}
            {text.value !== '' && <span className="map-value num">{text.value}</span>}
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
