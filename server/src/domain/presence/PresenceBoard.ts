import { type Equipment, equipmentStateSchema } from '../../protocol/equipment.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { LineQuality, PresenceCount, PresenceState } from '../../protocol/presence.ts';
import { CountTree } from '../organisation/CountTree.ts';
import { inPathOrder } from '../organisation/pathOrder.ts';

export type LineState = LineQuality;

/** What is kept of a unit in the store. */
export interface SeenUnit {
  readonly unit: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly present: boolean;
  readonly joined: boolean;
}

interface Device {
  /** Known from the order channel; a LiveKit client alone has none. */
  seat: Seat | undefined;
  /** Open order channels of the device: while it reconnects there may be two for a moment. */
  channels: number;
  media: LineQuality | 'off';
}

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

const lines = ['good', 'weak', 'lost'] as const;

/**
 * Who is in one briefing: devices of the order channel and of media, merged by unit. Units that nobody expects
 * (officials, seats of a province) are known by their devices, and counted nowhere.
 */
export class PresenceBoard {
  readonly #units = new Map<string, UnitEntry>();
  readonly #unitOf = new Map<string, UnitEntry>();
  readonly #tree: CountTree<TallyKey>;
  readonly #unsaved = new Set<UnitEntry>();
  /** Expected units, in path order. */
  readonly order: readonly UnitEntry[];

  constructor(expected: readonly { readonly code: string; readonly path: string }[]) {
    this.#tree = new CountTree(
      tallyKeys,
      expected.map((unit) => unit.path),
    );
    for (const { code, path } of expected) this.#units.set(code, entry(code, path, true));
    this.order = inPathOrder(this.#units.values());
  }

  /** Takes over what the store knows; who was present then is gone until they show up again. */
  restore(seen: readonly SeenUnit[], aliveAt: Date | null): void {
    for (const { unit: code, firstSeen, lastSeen, present, joined } of seen) {
      const unit = this.#units.get(code);
      if (!unit) continue;
      unit.firstSeen = firstSeen;
      unit.lastSeen = present && aliveAt && aliveAt > lastSeen ? aliveAt : lastSeen;
      unit.joined = joined;
      this.#recount(unit, unit.lastSeen);
    }
  }

  channelOpened(seat: Seat, now: Date): void {
    const { unit, device } = this.#device(seat.unit, seat.path, seat.identity);
    device.seat = seat;
    device.channels += 1;
    this.#recount(unit, now);
  }

  channelClosed(identity: string, now: Date): void {
    const unit = this.#unitOf.get(identity);
    const device = unit?.devices.get(identity);
    if (!unit || !device) return;
    device.channels = Math.max(0, device.channels - 1);
    this.#drop(unit, identity, device);
    this.#recount(unit, now);
  }

  /** @param media quality of the line, or that there is none */
  media(at: { identity: string; unit: string; path: string }, media: LineQuality | 'off', now: Date): void {
    if (media === 'off' && !this.#unitOf.has(at.identity)) return;
    const { unit, device } = this.#device(at.unit, at.path, at.identity);
    if (device.media === media) return;
    device.media = media;
    if (media !== 'off') unit.joined = true;
    this.#drop(unit, at.identity, device);
    this.#recount(unit, now);
  }

  /** Quality of a line that is up; one that is lost or off is not mended by a late report. */
  quality(identity: string, line: 'good' | 'weak', now: Date): void {
    const unit = this.#unitOf.get(identity);
    const device = unit?.devices.get(identity);
    if (!unit || !device || device.media === 'off' || device.media === 'lost' || device.media === line) return;
    device.media = line;
    this.#recount(unit, now);
  }

  /** PR9. What a device that is not here says is no news. */
  equip(identity: string, equipment: Equipment): void {
    const device = this.#unitOf.get(identity)?.devices.get(identity);
    if (device?.seat) device.seat = { ...device.seat, equipment };
  }

  seat(identity: string): Seat | undefined {
    return this.#unitOf.get(identity)?.devices.get(identity)?.seat;
  }

  /** What is known of a unit; also of one that nobody expects. */
  unit(code: string): UnitEntry | undefined {
    return this.#units.get(code);
  }

  ringable(code: string): boolean {
    return [...(this.#units.get(code)?.devices.values() ?? [])].some((device) => device.channels > 0);
  }

  counts(root: string): PresenceCount[] {
    return this.#tree.rows(root);
  }

  takeChanged(): Map<string, PresenceCount[]> {
    return this.#tree.takeChanged();
  }

  /** Units whose row in the store is out of date; they count as saved from here on. */
  takeUnsaved(): UnitEntry[] {
    const units = [...this.#unsaved];
    this.#unsaved.clear();
    return units;
  }

  /** A save failed. */
  markUnsaved(units: readonly UnitEntry[]): void {
    for (const unit of units) this.#unsaved.add(unit);
  }

  #device(code: string, path: string, identity: string): { unit: UnitEntry; device: Device } {
    let unit = this.#units.get(code);
    if (!unit) {
      unit = entry(code, path, false);
      this.#units.set(code, unit);
    }
    let device = unit.devices.get(identity);
    if (!device) {
      device = { seat: undefined, channels: 0, media: 'off' };
      unit.devices.set(identity, device);
      this.#unitOf.set(identity, unit);
    }
    return { unit, device };
  }

  #drop(unit: UnitEntry, identity: string, device: Device): void {
    if (device.channels > 0 || device.media !== 'off') return;
    unit.devices.delete(identity);
    this.#unitOf.delete(identity);
  }

  #recount(unit: UnitEntry, now: Date): void {
    const before = tally(unit);
    const wasThere = isThere(unit.state);
    const devices = [...unit.devices.values()];
    const media = devices.map((d) => d.media);
    unit.line = lines.find((line) => media.includes(line)) ?? null;
    if (unit.line !== null) unit.state = 'here';
    else if (devices.length > 0) unit.state = 'door';
    else unit.state = unit.firstSeen === null ? 'never' : 'gone';
    const there = isThere(unit.state);
    if (there) unit.firstSeen ??= now;
    if (there || wasThere) unit.lastSeen = now;
    if (!unit.expected) return;
    if (there !== wasThere || (unit.state === 'here' && before.here === 0)) this.#unsaved.add(unit);
    const after = tally(unit);
    const changed = tallyKeys.filter((key) => before[key] !== after[key]);
    if (changed.length === 0) return;
    this.#tree.add(unit.path, Object.fromEntries(changed.map((key) => [key, after[key] - before[key]])));
  }
}

/** PR9: of all devices of a unit, the best camera and the best microphone; null: none has told. */
export function equipmentOf({ devices }: UnitEntry): Equipment | null {
  const told = [...devices.values()].flatMap(({ seat }) => seat?.equipment ?? []);
  const best = (kind: keyof Equipment) => equipmentStateSchema.options.find((o) => told.some((t) => t[kind] === o));
  const [camera, microphone] = [best('camera'), best('microphone')];
  return camera && microphone ? { camera, microphone } : null;
}

export const isThere = (state: PresenceState): boolean => state === 'here' || state === 'door';

const tallyKeys = ['here', 'door', 'gone', 'weak'] as const;
type TallyKey = (typeof tallyKeys)[number];
const tally = ({ state, line }: UnitEntry): Record<TallyKey, number> => ({
  here: Number(state === 'here'),
  door: Number(state === 'door'),
  gone: Number(state === 'gone'),
  weak: Number(state === 'here' && line !== 'good'),
});

const entry = (code: string, path: string, expected: boolean): UnitEntry => ({
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
