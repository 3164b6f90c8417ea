import { createHash } from 'node:crypto';
import type { BrokenPaths } from './BrokenPaths.ts';

/** A node, as far as it matters who hands a track to whom. */
export interface PlanNode {
  readonly boot: string;
  readonly region?: string | undefined;
  /** To how many others it sends one track at most. */
  readonly copies?: number | undefined;
}

/** A track by its sid, and the boot of its publisher's node. */
export interface PlannedTrack {
  readonly sid: string;
  readonly origin: string;
}

/** CL33: of a node that says nothing else. So a cluster of up to one more is a star. */
export const MOST_COPIES = 32;
export const copiesOf = (node: PlanNode | undefined): number => node?.copies ?? MOST_COPIES;

interface Head {
  readonly node: PlanNode;
  left: number;
}

/**
 * CL29, CL33: from which node each other one pulls a track: straight from that of its publisher, as many as that one may
 * send to; the rest, and those whose path there is broken, by way of one that has it straight. Who knows the same computes
 * the same, so nobody has to agree on anything. What goes by whom follows from names: a node that comes or goes moves those
 * whose tracks go by it, or take its place, and few others.
 * @param nodes all that are living, the publisher's too
 * @returns by boot; undefined: there is no way
 */
export function planOf(
  { sid, origin }: PlannedTrack,
  nodes: Iterable<PlanNode>,
  broken: Pick<BrokenPaths, 'has'>,
): ReadonlyMap<string, string | undefined> {
  const all = [...nodes];
  const source = all.find(({ boot }) => boot === origin);
  const others = ranked(
    sid,
    all.filter(({ boot }) => boot !== origin),
  );
  const reaching = others.filter(({ boot }) => !broken.has(boot, origin));
  const straight = oneOfEachRegionFirst(reaching, source).slice(0, copiesOf(source));
  const heads = straight.map((node): Head => ({ node, left: copiesOf(node) }));
  const parents = new Map<string, string | undefined>(straight.map(({ boot }) => [boot, origin]));
  for (const node of others) {
    if (parents.has(node.boot)) continue;
    const head = headOf(sid, node, heads, broken);
    if (head) head.left -= 1;
    // More than it may send is better than nothing.
    parents.set(node.boot, head?.node.boot ?? (broken.has(node.boot, origin) ? undefined : origin));
  }
  return parents;
}

/** Media crosses from region to region as seldom as can be: then those beside the publisher's node, then the others. */
function oneOfEachRegionFirst(nodes: readonly PlanNode[], source: PlanNode | undefined): readonly PlanNode[] {
  const firsts = new Map<string | undefined, PlanNode>();
  for (const node of nodes)
    if (node.region !== source?.region && !firsts.has(node.region)) firsts.set(node.region, node);
  const rest = nodes.filter((node) => firsts.get(node.region) !== node);
  const near = rest.filter(({ region }) => region === source?.region);
  return [...firsts.values(), ...near, ...rest.filter(({ region }) => region !== source?.region)];
}

/** In its own region if one has room there. Whoever has no path to the publisher's node takes one that is full as well. */
function headOf(
  sid: string,
  node: PlanNode,
  heads: readonly Head[],
  broken: Pick<BrokenPaths, 'has'>,
): Head | undefined {
  const near = heads.filter((head) => !broken.has(head.node.boot, node.boot));
  const open = near.filter(({ left }) => left > 0);
  const inRegion = open.filter((head) => head.node.region === node.region);
  const from = inRegion.length > 0 ? inRegion : open;
  const [first] = ranked(
    `${sid}\0${node.boot}`,
    from.map((head) => ({ boot: head.node.boot, head })),
  );
  return first?.head;
}

/** In an order that follows from names alone, another for each `salt`. */
function ranked<N extends { readonly boot: string }>(salt: string, nodes: readonly N[]): N[] {
  const rank = (boot: string) => createHash('sha256').update(`${salt}\0${boot}`).digest('hex');
  const keyed = nodes.map((node) => ({ node, rank: rank(node.boot) }));
  return keyed.sort((a, b) => (a.rank < b.rank ? 1 : -1)).map(({ node }) => node);
}
