import type { Label } from '../../../staged/borders/layBorders.ts';

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Beside the way counts more than along it: an arrow leads on straight. */
const ASIDE = 2;

/** Where an arrow, Home or End leads from a place of a map. undefined: it stays. */
export function nearestAhead(labels: readonly Label[], from: string, key: string): string | undefined {
  if (key === 'Home') return labels[0]?.key;
  if (key === 'End') return labels.at(-1)?.key;
  const own = labels.find((one) => one.key === from);
  const direction = directions[key];
  if (!own || !direction) return undefined;
  const [right, down] = direction;
  let best: { readonly key: string; readonly far: number } | undefined;
  for (const { key: to, x, y } of labels) {
    const along = (x - own.x) * right + (y - own.y) * down;
    const aside = Math.abs((x - own.x) * down) + Math.abs((y - own.y) * right);
    // Beyond both diagonals another arrow leads there.
    if (to === from || along <= 0 || aside > along * ASIDE) continue;
    const far = along + aside * ASIDE;
    if (!best || far < best.far) best = { key: to, far };
  }
  return best?.key;
}
