import type { Equipment } from '../../protocol/equipment.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { PresenceCount } from '../../protocol/presence.ts';
import { CountTree } from '../organisation/CountTree.ts';
import { inPathOrder } from '../organisation/pathOrder.ts';
import { Device, type DeviceFact, type Media } from './Device.ts';
import { OwnFacts } from './OwnFacts.ts';
import type { PresenceNews, SeenUnit, UnitFact } from './ports.ts';
import { isThere, newEntry, seenAt, settle, type TallyKey, tally, tallyKeys, type UnitEntry } from './UnitEntry.ts';

/** PR11: so long a device that no node has any more may be on its way to one that has not told yet. */
export const LEAVING_MS = 4_000;

interface Leaving {
  readonly unit: UnitEntry;
  readonly identity: string;
  /** PR12 */
  readonly mine: boolean;
  /** When it was first looked at, by a clock that is never set, ms. */
  since?: number;
}

interface Part {
  readonly born: number;
  number: number;
}

/**
 * Who is in one briefing: devices of the order channel and of media, at this node and at others, merged by unit. Units
 * that nobody expects (officials, seats of a province) are known by their devices, and counted nowhere.
 */
export class PresenceBoard {
  readonly #boot: string;
  readonly #units = new Map<string, UnitEntry>();
  readonly #unitOf = new Map<string, UnitEntry>();
  /** Likewise, of devices that are at this node. */
  readonly #hereOf = new Map<string, UnitEntry>();
  readonly #tree: CountTree<TallyKey>;
  readonly #unsaved = new Set<UnitEntry>();
  readonly #leaving = new Map<Device, Leaving>();
  /** How far this node has heard each other, by boot. */
  readonly #parts = new Map<string, Part>();
  readonly own: OwnFacts;
  /** Expected units, in path order. */
  readonly order: readonly UnitEntry[];

  /** @param boot of this node @param born orders the boards that it has of one briefing, one after another */
  constructor(expected: readonly { readonly code: string; readonly path: string }[], boot = 'here', born = 0) {
    this.#boot = boot;
    this.own = new OwnFacts(boot, born);
    this.#tree = new CountTree(
      tallyKeys,
      expected.map((unit) => unit.path),
    );
    for (const { code, path } of expected) this.#units.set(code, newEntry(code, path, true));
    this.order = inPathOrder(this.#units.values());
  }

  /** Takes over what the store knows; who was present then is gone until they show up again. */
  restore(seen: readonly SeenUnit[], aliveAt: Date | null): void {
    for (const { unit: code, firstSeen, lastSeen, present, joined } of seen) {
      const unit = this.#units.get(code);
      if (!unit) continue;
      seenAt(unit, firstSeen, present && aliveAt && aliveAt > lastSeen ? aliveAt : lastSeen);
      unit.joined = joined;
      this.#recount(unit, lastSeen);
    }
  }

  channelOpened(seat: Seat, now: Date): void {
    const unit = this.#unit(seat.unit, seat.path);
    const fact = this.#factHere(unit, seat.identity, now);
    fact.seat = seat;
    fact.channels += 1;
    fact.channelAt = now.getTime();
    this.#moved(unit, now);
  }

  channelClosed(identity: string, now: Date): void {
    const { unit, fact } = this.#here(identity);
    if (!unit || !fact) return;
    fact.channels = Math.max(0, fact.channels - 1);
    this.#leave(unit, identity, fact, now);
    this.#moved(unit, now);
  }

  /** @param media quality of the line, or that there is none */
  media(at: { identity: string; unit: string; path: string }, media: Media, now: Date): void {
    if (media === 'off' && !this.#hereOf.has(at.identity)) return;
    const unit = this.#unit(at.unit, at.path);
    const fact = this.#factHere(unit, at.identity, now);
    if (fact.media === media) return;
    const mediaAt = fact.media === 'off' ? now.getTime() : fact.mediaAt;
    const changed = { ...fact, media, mediaAt };
    this.#set(unit, at.identity, this.#boot, changed, now);
    if (media !== 'off') unit.joined = true;
    this.#leave(unit, at.identity, changed, now);
    this.#moved(unit, now);
  }

  /** Quality of a line that is up; one that is lost or off is not mended by a late report. */
  quality(identity: string, line: 'good' | 'weak', now: Date): void {
    const { unit, fact } = this.#here(identity);
    if (!unit || !fact || fact.media === 'off' || fact.media === 'lost' || fact.media === line) return;
    fact.media = line;
    this.#moved(unit, now);
  }

  /** PR9. What a device that is not here says is no news. */
  equip(identity: string, equipment: Equipment, now: Date): void {
    const { unit, fact } = this.#here(identity);
    if (!unit || !fact?.seat) return;
    fact.seat = { ...fact.seat, equipment };
    this.own.touch(unit, now.getTime());
  }

  /** CL40: @returns whether this node misses something that was said before: how far it has come */
  hear(boot: string, { born, from, to, units }: PresenceNews, now: Date): { readonly behind: number } | undefined {
    let part = this.#parts.get(boot);
    if (!part || part.born < born) {
      this.forget(boot, now);
      part = { born, number: 0 };
      this.#parts.set(boot, part);
    }
    if (born < part.born || to <= part.number) return undefined;
    if (from > part.number) return { behind: part.number };
    part.number = to;
    for (const unit of units) this.#take(boot, unit);
    return undefined;
  }

  /** CL41: a node is no more. @returns devices whose media it had and no other has */
  forget(boot: string, now: Date): string[] {
    if (!this.#parts.has(boot)) return [];
    const orphans: string[] = [];
    for (const unit of this.#units.values()) {
      const had = [...unit.devices].filter(([, device]) => device.at(boot));
      for (const [identity, device] of had) {
        const hadMedia = device.at(boot)?.media !== 'off';
        this.#lose(unit, identity, device, boot, now, true);
        if (hadMedia && !device.hasMedia) orphans.push(identity);
      }
      if (had.length > 0) this.#recount(unit, now, true);
    }
    this.#parts.delete(boot);
    return orphans;
  }

  /** Nodes of which this one has heard. */
  get boots(): Iterable<string> {
    return this.#parts.keys();
  }

  /** PR11: drops whoever has not come to another node. @param elapsed of a clock that is never set, ms */
  expire(elapsed: number): void {
    for (const [device, leaving] of this.#leaving) {
      const { unit, identity, mine } = leaving;
      const { leftAt } = device;
      leaving.since ??= elapsed;
      if (leftAt && elapsed - leaving.since < LEAVING_MS) continue;
      this.#leaving.delete(device);
      if (!leftAt) continue;
      device.end();
      this.#dropIfNowhere(unit, identity, device);
      this.#recount(unit, leftAt, mine || this.own.has(unit));
    }
  }

  seat(identity: string): Seat | undefined {
    return this.#unitOf.get(identity)?.devices.get(identity)?.seat;
  }

  /** Whether any node has media of it. */
  hasMedia(identity: string): boolean {
    const device = this.#unitOf.get(identity)?.devices.get(identity);
    return device?.hasMedia === true && device.media !== 'lost';
  }

  /** Whether any node has an order channel or media of it that is up. */
  isConnected(identity: string): boolean {
    return this.#unitOf.get(identity)?.devices.get(identity)?.hasChannel === true || this.hasMedia(identity);
  }

  /** What this node has of a device itself. */
  hereAs(identity: string): 'media' | 'channel' | undefined {
    const { fact } = this.#here(identity);
    if (!fact) return undefined;
    return fact.media === 'good' || fact.media === 'weak' ? 'media' : 'channel';
  }

  seatHere(identity: string): Seat | undefined {
    return this.#here(identity).fact?.seat;
  }

  /** What is known of a unit; also of one that nobody expects. */
  unit(code: string): UnitEntry | undefined {
    return this.#units.get(code);
  }

  /** As far as is known; @param here at a device of this node */
  ringable(code: string, here = false): boolean {
    const devices = [...(this.#units.get(code)?.devices.values() ?? [])];
    return devices.some((device) => (here ? (device.at(this.#boot)?.channels ?? 0) > 0 : device.hasChannel));
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

  #unit(code: string, path: string): UnitEntry {
    const known = this.#units.get(code);
    if (known) return known;
    const unit = newEntry(code, path, false);
    this.#units.set(code, unit);
    return unit;
  }

  #device(unit: UnitEntry, identity: string): Device {
    this.#unitOf.set(identity, unit);
    const known = unit.devices.get(identity);
    if (known) return known;
    const device = new Device();
    unit.devices.set(identity, device);
    return device;
  }

  #here(identity: string) {
    const unit = this.#hereOf.get(identity);
    return { unit, fact: unit?.devices.get(identity)?.at(this.#boot) };
  }

  #factHere(unit: UnitEntry, identity: string, now: Date): DeviceFact {
    this.#hereOf.set(identity, unit);
    const device = this.#device(unit, identity);
    const known = device.at(this.#boot);
    if (known) return known;
    const fact: DeviceFact = { seat: undefined, channels: 0, channelAt: 0, media: 'off', mediaAt: 0 };
    device.set(this.#boot, fact, this.#leftNow(now));
    return fact;
  }

  #take(boot: string, { unit: code, path, first, last, joined, devices }: UnitFact): void {
    const unit = this.#unit(code, path);
    const at = new Date(last);
    const there = new Set(devices.map(({ identity }) => identity));
    for (const [identity, device] of unit.devices)
      if (device.at(boot) && !there.has(identity)) this.#lose(unit, identity, device, boot, at);
    for (const { identity, seat, ...fact } of devices) this.#set(unit, identity, boot, { ...fact, seat }, at);
    unit.joined ||= joined;
    seenAt(unit, new Date(first), at);
    this.#recount(unit, at);
  }

  #set(unit: UnitEntry, identity: string, boot: string, fact: DeviceFact, now: Date): void {
    const device = this.#device(unit, identity);
    device.set(boot, fact, this.#leftNow(now));
    if (!device.leftAt) this.#leaving.delete(device);
    else if (!this.#leaving.has(device)) this.#leaving.set(device, { unit, identity, mine: false });
  }

  #leave(unit: UnitEntry, identity: string, { channels, media }: DeviceFact, now: Date): void {
    const device = unit.devices.get(identity);
    if (channels > 0 || media !== 'off' || !device) return;
    this.#hereOf.delete(identity);
    this.#lose(unit, identity, device, this.#boot, now);
  }

  /** PR11: at a node that is alone nothing is on its way to another. */
  #leftNow(now: Date): Date | undefined {
    return this.#parts.size > 0 ? now : undefined;
  }

  #lose(unit: UnitEntry, identity: string, device: Device, boot: string, now: Date, mine = false): void {
    device.drop(boot, this.#leftNow(now));
    if (device.leftAt) this.#leaving.set(device, { unit, identity, mine });
    this.#dropIfNowhere(unit, identity, device);
  }

  #dropIfNowhere(unit: UnitEntry, identity: string, device: Device): void {
    if (!device.isNowhere) return;
    unit.devices.delete(identity);
    if (this.#unitOf.get(identity) === unit) this.#unitOf.delete(identity);
  }

  /** Something changed at this node. */
  #moved(unit: UnitEntry, now: Date): void {
    this.own.touch(unit, now.getTime());
    this.#recount(unit, now);
  }

  /** @param mine PR12: this node writes of it, though it has never seen it itself */
  #recount(unit: UnitEntry, now: Date, mine = this.own.has(unit)): void {
    const before = tally(unit);
    const wasThere = isThere(unit.state);
    settle(unit);
    const there = isThere(unit.state);
    if (there || wasThere) seenAt(unit, unit.firstSeen ?? now, now);
    if (!unit.expected) return;
    if (mine && (there !== wasThere || (unit.state === 'here' && before.here === 0))) this.#unsaved.add(unit);
    const after = tally(unit);
    const changed = tallyKeys.filter((key) => before[key] !== after[key]);
    if (changed.length === 0) return;
    this.#tree.add(unit.path, Object.fromEntries(changed.map((key) => [key, after[key] - before[key]])));
  }
}
