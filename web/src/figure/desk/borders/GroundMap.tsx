import { useMemo, useRef, useState } from 'react';
import type { Shapes } from '../../../staged/borders/shapes.ts';
import { TileMap, type TileMapProps } from '../TileMap.tsx';
import { BorderMap } from './BorderMap.tsx';
import { areDrawn } from './pieces.ts';

interface GroundMapProps extends Omit<TileMapProps, 'from' | 'onAt'> {
  /** Paths of units there that are no cells, which have no tile. */
  readonly rest: () => readonly string[];
  /** By which it may be drawn; undefined: it is tiles. */
  readonly shapes: Shapes | undefined;
}

/** A map by borders where all that it shows has some, and else of tiles. */
export function GroundMap({ shapes, rest, autoFocus, ...props }: GroundMapProps) {
  const { places, frame } = props;
  const { units } = frame;
  const around = useMemo(() => {
    const all = shapes && rest();
    return all && areDrawn({ places, rest: all, units }, shapes) ? all : undefined;
  }, [places, rest, units, shapes]);
  const isDrawn = around !== undefined;
  const at = useRef<string>(undefined);
  const [ground, setGround] = useState<Ground>({ isDrawn, autoFocus, from: undefined });
  // FG124: whoever is in it goes on in it, and nobody is brought there from elsewhere on the page.
  if (ground.isDrawn !== isDrawn) setGround({ isDrawn, autoFocus: at.current !== undefined, from: at.current });
  const own = {
    ...{ ...props, autoFocus: ground.autoFocus, from: ground.from },
    onAt: (key: string | undefined) => {
      at.current = key;
    },
  };
  return shapes && around ? <BorderMap {...own} shapes={shapes} rest={around} /> : <TileMap {...own} />;
}

interface Ground extends Pick<TileMapProps, 'autoFocus' | 'from'> {
  readonly isDrawn: boolean;
}
