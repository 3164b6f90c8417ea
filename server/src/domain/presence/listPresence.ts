import type { z } from 'zod';
import type { PresencePage, PresenceRow, presenceQuerySchema } from '../../protocol/presence.ts';
import { isThere, type PresenceBoard, sortKey, type UnitEntry } from './PresenceBoard.ts';
import type { UnitNames } from './ports.ts';

export type PresenceQuery = z.output<typeof presenceQuerySchema>;

/** One page of the expected units below `root` (a path), in path order. */
export function listPresence(
  board: PresenceBoard,
  root: string,
  query: PresenceQuery,
  names: UnitNames,
  now: Date,
): PresencePage {
  const { order } = board;
  const from = firstFrom(order, sortKey(root));
  // U+0002 follows the separator, so this is the first key after the subtree.
  const inside = order.slice(from, firstFrom(order, `${sortKey(root)}\u0002`));
  const matching = inside.filter(
    (unit) => (!query.states || query.states.includes(unit.state)) && (!query.line || unit.line === query.line),
  );
  const start = query.after === undefined ? 0 : matching.findIndex((u) => sortKey(u.path) > sortKey(query.after ?? ''));
  const page = start < 0 ? [] : matching.slice(start, start + query.limit);
  const last = page.at(-1);
  return {
    rows: page.map((unit) => row(unit, names, now)),
    total: matching.length,
    next: last && matching.at(-1) !== last ? last.path : null,
  };
}

function row(unit: UnitEntry, names: UnitNames, now: Date): PresenceRow {
  const { code, path, state, line, firstSeen, lastSeen, devices } = unit;
  return {
    unit: code,
    path,
    name: names.name(code) ?? code,
    state,
    line,
    devices: devices.size,
    since: firstSeen?.toISOString() ?? null,
    until: (isThere(state) ? now : lastSeen)?.toISOString() ?? null,
  };
}

/** Position of the first unit whose key is not less than `key`. */
function firstFrom(order: readonly UnitEntry[], key: string): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sortKey(order[middle]?.path ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
