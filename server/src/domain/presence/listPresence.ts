import type { z } from 'zod';
import type { HereNow, PresencePage, PresenceRow, presenceQuerySchema } from '../../protocol/presence.ts';
import { inTerritory, pageOf } from '../organisation/pathOrder.ts';
import type { PresenceBoard } from './PresenceBoard.ts';
import type { UnitNames } from './ports.ts';
import { equipmentOf, isThere, type UnitEntry } from './UnitEntry.ts';

export type PresenceQuery = z.output<typeof presenceQuerySchema>;

/** One page of the expected units below `root` (a path), in path order. */
export function listPresence(
  board: PresenceBoard,
  root: string,
  query: PresenceQuery,
  names: UnitNames,
  now: Date,
): PresencePage {
  const matching = inTerritory(board.order, root).filter(
    (unit) => (!query.states || query.states.includes(unit.state)) && (!query.line || unit.line === query.line),
  );
  const { items, total, next } = pageOf(matching, query.after, query.limit);
  return { rows: items.map((unit) => row(unit, names, now)), total, next };
}

/** FG98. @param root a path */
export function unitsHere(board: PresenceBoard, root: string): HereNow {
  const expected = inTerritory(board.order, root);
  return { expected: expected.length, here: expected.flatMap(({ state, code }) => (state === 'here' ? [code] : [])) };
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
    equipment: equipmentOf(unit),
    people: [...devices.values()].flatMap(({ seat }) => seat?.person ?? []),
    since: firstSeen?.toISOString() ?? null,
    until: (isThere(state) ? now : lastSeen)?.toISOString() ?? null,
  };
}
