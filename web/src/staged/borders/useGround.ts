import { useEffect, useState } from 'react';
import { GROUND_PIECE, type Ground, groundPieceSchema, groundSchema } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { PacedPieces } from '../PacedPieces.ts';
import { cameIn, keepSizes } from './cameIn.ts';
import { type Shape, type Shapes, shapesOf } from './shapes.ts';

/** FG24: eleven thousand pages ask within this time, and not at once. */
const WITHIN_MS = 5_000;
/** And twice as long each time, up to a minute: tiles say the same. */
const AGAIN_MS = 5_000;
const LONGEST_MS = 60_000;

type GroundUnit = Pick<Ground['units'][number], 'code' | 'in' | 'sea'> & { readonly shape: Shape };
export interface StagedGround extends Pick<Shapes, 'lines' | 'insets'> {
  readonly units: readonly GroundUnit[];
}

interface Found {
  readonly sha256: string;
  readonly ground: StagedGround;
}
/** It outlives its map: whoever turns to a table and back has the same. */
let last: Found | undefined;

/** FG121: the borders by which what is on the stage is drawn, in pieces (FG108); undefined until all have come. */
export function useGround(sha256: string): StagedGround | undefined {
  const { api } = useOffice();
  const { channel } = useTools();
  const [found, setFound] = useState(() => last);
  const isHere = found?.sha256 === sha256;
  useEffect(() => {
    if (isHere) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const path = `/api/briefings/${channel.state.get().briefing.id}/grounds/${sha256}`;
    const pieces = new PacedPieces({
      ...GROUND_PIECE,
      read: (from, most) =>
        api.ask(`${path}?from=${from}&most=${most}`, groundPieceSchema, {
          ...{ signal: stop.signal, kept: true },
        }),
      measure: ({ text, of }) => ({ had: text.length, of }),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      now: () => performance.now(),
      before: cameIn(sha256),
      came: (sizes) => keepSizes(sha256, sizes),
    });
    const ask = async (): Promise<void> => {
      const text = (await pieces.all()).map((piece) => piece.text).join('');
      const ground = groundOf(groundSchema.parse(JSON.parse(text)));
      if (stop.signal.aborted) return;
      last = { sha256, ground };
      setFound(last);
    };
    const later = (ms: number, next: number): void => {
      timer = setTimeout(() => {
        ask().catch(
          () => stop.signal.aborted || later(next + Math.random() * WITHIN_MS, Math.min(2 * next, LONGEST_MS)),
        );
      }, ms);
    };
    later(Math.random() * WITHIN_MS, AGAIN_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, channel, sha256, isHere]);
  return isHere ? found.ground : undefined;
}

function groundOf(ground: Ground): StagedGround {
  const { lines, all, insets } = shapesOf(ground);
  const units = ground.units.flatMap(({ rings, ...unit }, i) => {
    const shape = all[i];
    return shape ? [{ ...unit, shape }] : [];
  });
  return { lines, insets, units };
}
