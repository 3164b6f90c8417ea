import type { Placed } from './mapLayout.ts';

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Where an arrow, Home or End leads from a tile: left and right within its row, up and down to the row beside it, there
 * to the tile that lies nearest. undefined: it stays.
 */
export function nearestIn(blocks: readonly Placed[], from: string, key: string): string | undefined {
  if (key === 'Home') return blocks[0]?.code;
  if (key === 'End') return blocks.at(-1)?.code;
  const own = blocks.find(({ code }) => code === from);
  const direction = directions[key];
  if (!own || !direction) return undefined;
  const middle = ({ x, width }: Placed): number => x + width / 2;
  const [right, down] = direction;
  const ahead = blocks.filter((one) =>
    right === 0 ? (one.y - own.y) * down > 0 : one.y === own.y && (one.x - own.x) * right > 0,
  );
  const row = Math.min(...ahead.map(({ y }) => Math.abs(y - own.y)));
  let best: Placed | undefined;
  for (const one of ahead)
    if (Math.abs(one.y - own.y) === row)
      if (!best || Math.abs(middle(one) - middle(own)) < Math.abs(middle(best) - middle(own))) best = one;
  return best?.code;
}
