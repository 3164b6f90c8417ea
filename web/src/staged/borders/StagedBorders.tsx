import { type CSSProperties, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSize } from '../../ui/useSize.ts';
import { ranksOf } from '../ranksOf.ts';
import { isPartly, type StagedMapProps } from '../StagedMap.tsx';
import { placesBelow, seasOf } from '../stagedRows.ts';
import { widthOf } from '../widthOf.ts';
import { enlarged, roomsOf, titleBoxes } from './enlarged.ts';
import { Insets } from './Insets.tsx';
import { labelsOf, viewOf, type WrittenSize } from './layBorders.ts';
import { type GroundPiece, paintGround } from './paintGround.ts';
import { type StagedGround, useGround } from './useGround.ts';
import './stagedBorders.css';

interface StagedBordersProps extends StagedMapProps {
  readonly sha256: string;
  /** The same as tiles, until its borders are there. */
  readonly children: ReactNode;
}

/** FG121: what is on the stage within the borders that an operator has given. */
export default function StagedBorders({ sha256, children, ...props }: StagedBordersProps) {
  const ground = useGround(sha256);
  return ground ? <DrawnGround {...props} ground={ground} /> : children;
}

/** What is written on a place, in ems. */
const LINE = { height: 1.2, padding: 0.5, value: 1.12, rank: 1.5 };
/** Below the name of an archipelago. */
const seaText = (of: string, value: string): string => [of, value].filter(Boolean).join(' ');

function DrawnGround({ shown, classes, text, communes, ground }: StagedMapProps & { readonly ground: StagedGround }) {
  const { picture, mark } = shown;
  const isWorse = picture.indicator.cuts !== undefined;
  const [ref, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const letters = useLetters(ref, size);
  const places = useMemo(() => placesBelow(picture, communes), [picture, communes]);
  const named = useMemo(() => {
    const ranks = ranksOf(places.map(({ unit: [, value] }) => value));
    const below = places.map((place, i) => {
      const [key, value, counted, expected] = place.unit;
      const covered = isPartly(place, picture.indicator) ? counted / Math.max(1, expected) : undefined;
      const written = value === null ? '' : text.onMap(place);
      return { key, name: place.name, of: undefined, value: written, covered, rank: ranks[i] };
    });
    const seas = seasOf(picture, places).map(({ name, of, place }) => ({
      ...{ key: name, name, of, covered: undefined, rank: undefined },
      // By name each unit has its own (FG161).
      value: place && !communes ? text.onMap(place) : '',
    }));
    return [...below, ...seas];
  }, [picture, places, text, communes]);
  const pieces = useMemo(() => {
    const own = ground.units.map(
      (unit): GroundPiece => ({ key: unit.sea ?? unit.in ?? unit.code, unit, shape: unit.shape }),
    );
    return [...own, ...enlarged(own, ground.insets)];
  }, [ground]);
  const { width, height } = size;
  const view = useMemo(() => {
    // An archipelago is named beneath its islands, which may be the southernmost.
    const room = { width, height: Math.max(1, height - 2 * LINE.height * letters) };
    return viewOf([...pieces.map(({ shape }) => shape), ...roomsOf(ground.insets)], room);
  }, [pieces, ground, width, height, letters]);
  const marked = mark?.kind === 'unit' ? (communes?.tileOf.get(mark.unit) ?? mark.unit) : undefined;
  const labels = useMemo(() => {
    const wide = (words: string, share = 1): number => widthOf(words, letters * share) + LINE.padding * letters;
    const high = (lines: number): number => lines * LINE.height * letters;
    const waysOf = ({ name, of, value }: (typeof named)[number]): readonly WrittenSize[] =>
      of !== undefined
        ? [[Math.max(wide(name), wide(seaText(text.t.seaOf(of), value))), high(2)]]
        : [
            [Math.max(wide(name), wide(value, LINE.value)), high(1 + LINE.value)],
            ...(value === '' ? [] : [[wide(value, LINE.value), high(LINE.value)] as const]),
            [LINE.rank * letters, LINE.rank * letters],
          ];
    const titles = titleBoxes(ground.insets, view, letters, text.language);
    return labelsOf(named, pieces, view, size, waysOf, marked, true, titles);
  }, [named, pieces, view, size, letters, text, marked, ground]);
  useLayoutEffect(() => {
    if (canvas.current && size.width > 0 && size.height > 0)
      paintGround(canvas.current, { ground, pieces, places, communes, classes, mark, view, size, isWorse });
  }, [ground, pieces, places, communes, classes, mark, view, size, isWorse]);
  const byKey = new Map(named.map((one) => [one.key, one]));
  return (
    <div ref={ref} className="staged-map by-borders" data-worse={isWorse} aria-hidden>
      <canvas ref={canvas} className="staged-cells" />
      <Insets insets={ground.insets} {...{ view, labels, size }} />
      {labels.map(({ key, x, y, fits, way }) => {
        const one = byKey.get(key);
        if (!one || !fits) return null;
        const { name, of, value, covered, rank } = one;
        if (of === undefined && way > Number(value !== ''))
          return (
            <div
              key={key}
              className="staged-place rank num"
              data-marked={key === marked || undefined}
              style={{ left: x, top: y }}
            >
              {rank ?? '–'}
            </div>
          );
        return (
          <div
            key={key}
            className={of === undefined ? 'staged-place' : 'staged-place sea'}
            data-marked={key === marked || undefined}
            style={{ left: x, top: y }}
          >
            {way === 0 && <span className="staged-name">{name}</span>}
            {of === undefined ? (
              <strong className="staged-value num">{value}</strong>
            ) : (
              <span className="staged-sea num">{seaText(text.t.seaOf(of), value)}</span>
            )}
            {covered !== undefined && (
              <span className="staged-cover" style={{ '--covered': covered } as CSSProperties} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Of what is written on it, in pixels: by its style, which a wall has larger. */
function useLetters(ref: { readonly current: HTMLElement | null }, size: { readonly height: number }): number {
  const [letters, setLetters] = useState(12);
  // biome-ignore lint/correctness/useExhaustiveDependencies: letters follow the size of the map
  useLayoutEffect(() => {
    if (!ref.current) return;
    const probe = document.createElement('div');
    probe.className = 'staged-place';
    ref.current.append(probe);
    setLetters(Number.parseFloat(getComputedStyle(probe).fontSize) || 12);
    probe.remove();
  }, [ref, size]);
  return letters;
}
