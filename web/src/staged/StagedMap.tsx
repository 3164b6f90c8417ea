import { type CSSProperties, useMemo } from 'react';
import { shortName } from '../api/contract.ts';
import { useSize } from '../ui/useSize.ts';
import { type Classes, shadeOf } from './classes.ts';
import { StagedCells } from './StagedCells.tsx';
import { stagedTiles } from './stagedTiles.ts';
import type { StagedCommunes } from './useCommunes.ts';
import type { ShownFigures } from './useStaged.ts';
import type { StagedText } from './useStagedText.ts';
import './stagedMap.css';

interface StagedMapProps {
  readonly shown: ShownFigures;
  readonly classes: Classes;
  readonly text: StagedText;
  readonly communes: StagedCommunes | undefined;
}

/** Of a unit of which less is counted, its tile says how much. */
const COVERED = 0.95;

/** The units below a root, a tile each where it lies. What it says a reader has in the table. */
export function StagedMap({ shown: { picture, mark }, classes, text, communes }: StagedMapProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  const { units, names, indicator } = picture;
  const shape = size.height > 0 ? size.width / size.height : 1.4;
  const { isCountry } = text;
  const codes = units.map(([code]) => code).join();
  const tiles = useMemo(
    () => stagedTiles(codes === '' ? [] : codes.split(','), isCountry, shape),
    [codes, isCountry, shape],
  );
  const byCode = new Map(units.map((unit, i) => [unit[0], { unit, name: names[i] ?? unit[0] }]));
  const marked = mark?.kind === 'unit' ? provinceOf(mark.unit, communes) : undefined;
  return (
    <div
      ref={ref}
      className="staged-map"
      data-worse={indicator.cuts !== undefined}
      data-marked={marked !== undefined}
      aria-hidden
    >
      {tiles.map((tile) => {
        const found = byCode.get(tile.key);
        const own = { left: `${tile.x}%`, top: `${tile.y}%`, width: `${tile.width}%`, height: `${tile.height}%` };
        if (!found) {
          const province = byCode.get(tile.of ?? '')?.name ?? seas[tile.key] ?? '';
          return (
            <div key={tile.key} className="staged-tile sea" style={own}>
              <span className="staged-name">{tile.key}</span>
              <span className="staged-sea">{text.t.seaOf(shortName(province))}</span>
            </div>
          );
        }
        const [code, value, counted, expected] = found.unit;
        const shade = value === null || communes ? undefined : shadeOf(classes, value);
        return (
          <div
            key={code}
            className="staged-tile"
            data-shade={shade}
            data-marked={marked === code || undefined}
            style={own}
          >
            <span className="staged-name">{found.name}</span>
            <strong className="staged-value num">{value === null ? '–' : text.bare(value)}</strong>
            {counted < expected * COVERED && (
              <span
                className="staged-cover"
                style={{ '--covered': counted / Math.max(1, expected) } as CSSProperties}
              />
            )}
          </div>
        );
      })}
      {communes && size.width > 0 && (
        <StagedCells {...{ tiles, size, classes, communes, mark }} isWorse={indicator.cuts !== undefined} />
      )}
    </div>
  );
}

/** The names of their provinces, where a tree of few units does not have them. */
const seas: Readonly<Record<string, string>> = { 'Hoàng Sa': 'Đà Nẵng', 'Trường Sa': 'Khánh Hòa' };

/** The tile in which a unit lies. */
const provinceOf = (unit: string, communes: StagedCommunes | undefined): string => communes?.tileOf.get(unit) ?? unit;
