import { type CSSProperties, useMemo } from 'react';
import { type StagedPicture, toldAs } from '../api/contract.ts';
import { useSize } from '../ui/useSize.ts';
import { type Classes, shadeOf } from './classes.ts';
import { StagedCells } from './StagedCells.tsx';
import type { StagedCommunes } from './stagedCommunes.ts';
import { placesBelow, type StagedPlace, seasOf } from './stagedRows.ts';
import type { StagedText } from './stagedText.ts';
import { type StagedTile, stagedTiles } from './stagedTiles.ts';
import type { ShownFigures } from './useStaged.ts';
import './stagedMap.css';

export interface StagedMapProps {
  readonly shown: ShownFigures;
  readonly classes: Classes;
  readonly text: StagedText;
  readonly communes: StagedCommunes | undefined;
}

/** Of a unit of which less is counted, its tile says how much; of what was announced nothing is counted. */
const COVERED = 0.95;
export const isPartly = (
  { unit: [, value, counted, expected], isLowest }: StagedPlace,
  { up }: Pick<StagedPicture['indicator'], 'up'>,
): boolean => counted < expected * COVERED && (isLowest || toldAs({ up, value, counted, expected }) === 'units');

/** The units below a root, a tile each where it lies. What it says a reader has in the table. */
export function StagedMap({ shown: { picture, mark }, classes, text, communes }: StagedMapProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  const { indicator } = picture;
  const shape = size.height > 0 ? size.width / size.height : 1.4;
  const { isCountry } = text;
  const places = placesBelow(picture, communes);
  const seas = new Map(seasOf(picture, places).map((sea) => [sea.name, sea]));
  const named = places.map(({ unit: [code], name }) => `${code} ${name.length}`).join();
  const tiles = useMemo(() => {
    const letters = new Map(named === '' ? [] : named.split(',').map((one) => one.split(' ') as [string, string]));
    return stagedTiles([...letters.keys()], isCountry, shape, (code) => Number(letters.get(code)));
  }, [named, isCountry, shape]);
  const byCode = new Map(places.map((place) => [place.unit[0], place]));
  const digits = Math.max(1, ...places.map((place) => text.onMap(place).length));
  const marked = mark?.kind === 'unit' ? tileOf(mark.unit, communes) : undefined;
  return (
    <div
      ref={ref}
      className="staged-map"
      data-worse={indicator.cuts !== undefined}
      style={{ '--digits': digits } as CSSProperties}
      aria-hidden
    >
      {tiles.map((tile) => {
        const found = byCode.get(tile.key);
        const own = placeOf(tile);
        if (!found) {
          const { of = '', place } = seas.get(tile.key) ?? {};
          const sum = communes ? null : (place?.unit[1] ?? null);
          const shade = sum === null ? undefined : shadeOf(classes, sum);
          const words = [text.t.seaOf(of), place && sum !== null && text.onMap(place)].filter(Boolean).join(' ');
          return (
            <div key={tile.key} className="staged-tile sea" data-shade={shade} style={own}>
              <span className="staged-name">{tile.key}</span>
              <span className="staged-sea num" style={{ '--sea-length': words.length } as CSSProperties}>
                {words}
              </span>
            </div>
          );
        }
        const [code, value, counted, expected] = found.unit;
        const shade = value === null || (communes && !found.isLowest) ? undefined : shadeOf(classes, value);
        return (
          <div
            key={code}
            className={communes && !found.isLowest ? 'staged-tile of-cells' : 'staged-tile'}
            data-shade={shade}
            data-roomy={isRoomy(tile, size) || undefined}
            data-marked={marked === code || undefined}
            style={own}
          >
            <span className="staged-name" style={{ '--name-length': found.name.length } as CSSProperties}>
              {found.name}
            </span>
            <strong className="staged-value num">{text.onMap(found)}</strong>
            {isPartly(found, indicator) && (
              <span
                className="staged-cover"
                style={{ '--covered': counted / Math.max(1, expected) } as CSSProperties}
              />
            )}
          </div>
        );
      })}
      {communes && size.width > 0 && places.some(({ isLowest }) => !isLowest) && (
        <StagedCells {...{ tiles, size, classes, communes, mark }} isWorse={indicator.cuts !== undefined} />
      )}
    </div>
  );
}

/** So wide, and so many pixels high, is a tile in which a name can be read above its value on a telephone too. */
const ROOMY = { width: 25, px: 28 };
const isRoomy = ({ width, height }: StagedTile, map: { readonly height: number }): boolean =>
  width >= ROOMY.width && (height * map.height) / 100 >= ROOMY.px;
/** Letters are made for tiles as large as a province's in the country; in smaller ones they are smaller, in a few they grow. */
const ROOM = { width: 10, height: 9, spare: 1.25, most: 1.5 };
const placeOf = ({ x, y, width, height }: StagedTile): CSSProperties => {
  const room = Math.min(width / ROOM.width, height / ROOM.height);
  const share = Math.min(ROOM.most, Math.max(Math.min(1, room), room / ROOM.spare));
  return {
    ...{ left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` },
    ...({ '--tile-share': share, '--tile-width': width } as CSSProperties),
  };
};

/** The tile in which a unit lies. */
const tileOf = (unit: string, communes: StagedCommunes | undefined): string => communes?.tileOf.get(unit) ?? unit;
