import { type Equipment, equipmentStateSchema } from '../../protocol/equipment.ts';
import type { LineQuality, PresenceState } from '../../protocol/presence.ts';
import type { Device } from './Device.ts';

/** A unit in one briefing, with its devices by identity. */
export interface UnitEntry {
  readonly code: string;
  readonly path: string;
  readonly expected: boolean;
  readonly devices: Map<string, Device>;
  state: PresenceState;
  line: LineQuality | null;
  firstSeen: Date | null;
  lastSeen: Date | null;
  joined: boolean;
}

export const newEntry = (code: string, path: string, expected: boolean): UnitEntry => ({
  code,
  path,
  expected,
  devices: new Map(),
  state: 'never',
  line: null,
  firstSeen: null,
  lastSeen: null,
  joined: false,
});

const lines = ['good', 'weak', 'lost'] as const;

/** PR2, PR3: what follows from its devices. */
export function settle(unit: UnitEntry): void {
  const media = [...unit.devices.values()].map((device) => device.media);
  unit.line = lines.find((line) => media.includes(line)) ?? null;
  if (unit.line !== null) unit.state = 'here';
  else if (media.length > 0) unit.state = 'door';
  else unit.state = unit.firstSeen === null ? 'never' : 'gone';
}

/** It was there at that moment, and perhaps before and after. */
export function seenAt(unit: UnitEntry, first: Date, last: Date): void {
  if (!unit.firstSeen || first < unit.firstSeen) unit.firstSeen = first;
  if (!unit.lastSeen || last > unit.lastSeen) unit.lastSeen = last;
}

/** PR9: of all devices of a unit, the best camera and the best microphone; null: none has told. */
export function equipmentOf({ devices }: UnitEntry): Equipment | null {
  const told = [...devices.values()].flatMap(({ seat }) => seat?.equipment ?? []);
  const best = (kind: keyof Equipment) => equipmentStateSchema.options.find((o) => told.some((t) => t[kind] === o));
  const [camera, microphone] = [best('camera'), best('microphone')];
  return camera && microphone ? { camera, microphone } : null;
}

export const isThere = (state: PresenceState): boolean => state === 'here' || state === 'door';

export const tallyKeys = ['here', 'door', 'gone', 'weak'] as const;
export type TallyKey = (typeof tallyKeys)[number];
export const tally = ({ state, line }: UnitEntry): Record<TallyKey, number> => ({
  here: Number(state === 'here'),
  door: Number(state === 'door'),
  gone: Number(state === 'gone'),
  weak: Number(state === 'here' && line !== 'good'),
});
