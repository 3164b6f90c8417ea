import { useMemo } from 'react';
import { TileMap, type TileMapProps } from '../TileMap.tsx';
import { BorderMap } from './BorderMap.tsx';
import { areDrawn } from './layBorders.ts';
import type { Shapes } from './shapes.ts';

interface GroundMapProps extends TileMapProps {
  /** By which it may be drawn; undefined: it is tiles. */
  readonly shapes: Shapes | undefined;
}

/** A map by borders where all that it shows has some, and else of tiles. */
export function GroundMap({ shapes, ...props }: GroundMapProps) {
  const { places, rest, frame } = props;
  const { units } = frame;
  const isDrawn = useMemo(
    () => shapes !== undefined && areDrawn({ places, rest, units }, shapes),
    [places, rest, units, shapes],
  );
  return shapes && isDrawn ? <BorderMap {...props} shapes={shapes} /> : <TileMap {...props} />;
}
