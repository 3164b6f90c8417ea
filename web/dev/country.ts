import { countryRows } from '../../server/src/demo/country.ts';
import type { PresenceCount, PresenceRow } from '../src/api/contract.ts';
import { isBaseUnit } from '../src/api/contract.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

export interface Unit {
  readonly code: string;
  readonly path: string;
  readonly tier: string;
  readonly name: string;
}

/** Those that are expected; in an empty scene, nobody. @param units in path order */
export const baseOf = (units: readonly Unit[]): readonly Unit[] =>
  units.filter(({ path }, i) => path.includes('.') && isBaseUnit(path, units[i + 1]?.path));

export async function country(count: number): Promise<readonly Unit[]> {
  const rows = await countryRows();
  const paths = new Map<string, string>();
  const whole = rows.map(({ code, parent, tier, name }) => {
    const path = parent ? `${paths.get(parent)}.${code}` : code;
    paths.set(code, path);
    return { code, path, tier, name };
  });
  const units = whole.sort((a, b) => (a.path < b.path ? -1 : 1));
  const communes = baseOf(units);
  const kept = count >= communes.length ? communes : communes.slice(0, count);
  const needed = new Set(kept.flatMap(({ path }) => path.split('.')));
  needed.add('vn');
  return units.filter(({ code }) => needed.has(code));
}

/** The same fate for a unit at each look. */
export function rowOf(unit: Unit, index: number, scene?: string): PresenceRow {
  const lot = (index * 7919) % 100;
  // Provinces differ, as they do.
  const province = Number.parseInt(unit.path.split('.')[1] ?? '0', 10);
  const far = { 0: 100, 1: 60, 2: 30, 3: 0 }[(province * 5) % 23] ?? (province % 3 === 0 ? 100 : 94);
  const state =
    scene === 'all'
      ? 'here'
      : scene === 'nobody'
        ? 'never'
        : lot < far
          ? 'here'
          : lot < 96
            ? 'never'
            : lot < 98
              ? 'door'
              : 'gone';
  const line = state === 'here' ? (lot % 17 === 3 ? 'weak' : 'good') : null;
  const since = state === 'never' ? null : ago(2400 - (lot % 50) * 30);
  return {
    unit: unit.code,
    path: unit.path,
    name: unit.name,
    state,
    line,
    devices: state === 'here' ? 1 : 0,
    equipment: state === 'here' ? { camera: 'ready', microphone: 'ready' } : null,
    people: [],
    since,
    until: state === 'gone' ? ago(300) : null,
  };
}

export function withinOf(unit: Unit, units: readonly Unit[]): string {
  const names = new Map(units.map((u) => [u.code, u.name]));
  return unit.path
    .split('.')
    .slice(1, -1)
    .reverse()
    .map((code) => names.get(code) ?? '')
    .join(', ');
}

export function countsOf(units: readonly Unit[], rows: readonly PresenceRow[]): ReadonlyMap<string, PresenceCount> {
  const counts = new Map<string, PresenceCount>();
  if (rows.length === 0) return counts;
  for (const top of units.filter(({ tier }) => tier === 'nation' || tier === 'province')) {
    const inside = rows.filter(({ path }) => path.startsWith(`${top.path}.`));
    const of = (state: PresenceRow['state']): number => inside.filter((r) => r.state === state).length;
    counts.set(top.code, {
      unit: top.code,
      expected: inside.length,
      here: of('here'),
      door: of('door'),
      gone: of('gone'),
      weak: inside.filter(({ line }) => line === 'weak').length,
    });
  }
  return counts;
}
