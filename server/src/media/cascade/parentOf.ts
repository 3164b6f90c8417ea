import { createHash } from 'node:crypto';

/** Paths between nodes that are broken, either way, as far as it is known. */
export class BrokenPaths {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param forMs after which it is tried again */
  add(a: string, b: string, forMs = Number.POSITIVE_INFINITY): void {
    for (const [pair, until] of this.#until) if (until <= this.#now()) this.#until.delete(pair);
    this.#until.set(pairOf(a, b), this.#now() + forMs);
  }

  has(a: string, b: string): boolean {
    return (this.#until.get(pairOf(a, b)) ?? Number.NEGATIVE_INFINITY) > this.#now();
  }
}

/**
 * From which node another one pulls a track (CL29): straight from that of its publisher; where that path is broken, by way
 * of a third one, which must have it straight. Who knows the same computes the same, so nobody has to agree on anything.
 * Which third one it is follows from names alone: a node that comes or goes moves those tracks that go by it, no others.
 * @param nodes all that are living, by their boots
 * @returns undefined: there is no way
 */
export function parentOf(
  track: { readonly sid: string; readonly origin: string },
  self: string,
  nodes: Iterable<string>,
  broken: Pick<BrokenPaths, 'has'>,
): string | undefined {
  const { sid, origin } = track;
  if (!broken.has(self, origin)) return origin;
  let best: { readonly node: string; readonly rank: string } | undefined;
  for (const node of nodes) {
    if (node === self || node === origin || broken.has(node, self) || broken.has(node, origin)) continue;
    const rank = createHash('sha256').update(`${sid}\0${self}\0${node}`).digest('hex');
    if (!best || rank > best.rank) best = { node, rank };
  }
  return best?.node;
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
