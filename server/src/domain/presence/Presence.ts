import { EventEmitter } from 'node:events';
import type { Clock } from '../../lib/clock.ts';
import type { Equipment } from '../../protocol/equipment.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { Account, UnitCode } from '../../protocol/organisation.ts';
import type { HereNow, LineQuality, PresenceCount, PresencePage } from '../../protocol/presence.ts';
import { at, demand } from '../shared/rights.ts';
import { listPresence, type PresenceQuery, unitsHere } from './listPresence.ts';
import { PresenceBoard } from './PresenceBoard.ts';
import type { PresenceGap, PresenceNews, PresenceStore, UnitNames, UnitThere } from './ports.ts';
import { equipmentOf, isThere, type UnitEntry } from './UnitEntry.ts';

/** A device in a briefing, as the hall tells of it. */
export interface Sighting {
  readonly briefing: string;
  readonly identity: string;
  readonly unit: string;
  readonly path: string;
}

/** The facts of boards that are open, as this node saw them itself, for whoever keeps a record of them. */
export interface PresenceFacts {
  opened: [briefing: string];
  channelOpened: [briefing: string, seat: Seat];
  channelClosed: [briefing: string, identity: string];
  /** Media of a device came, changed, was lost, or left (`off`). */
  media: [Sighting, LineQuality | 'off'];
  quality: [briefing: string, identity: string, line: 'good' | 'weak'];
  closed: [briefing: string];
  /** Anything of it, so that others have to be told. */
  moved: [];
  /** A node is no more, and with it the media of these devices. */
  orphaned: [briefing: string, identities: readonly string[]];
}

interface PresenceParts {
  readonly store: PresenceStore;
  readonly names: UnitNames & { path(code: string): string | undefined };
  /** That of the database: times of several nodes are compared. */
  readonly clock: Clock;
  /** Of this process, as other nodes know it. */
  readonly boot?: string;
}

/**
 * Presence of all briefings that are open or live on this node: what it sees itself comes in by methods, what others see by
 * `hear`. Reading never waits for a store, nor for another node.
 */
export class Presence extends EventEmitter<PresenceFacts> {
  readonly #store: PresenceStore;
  readonly #names: UnitNames & { path(code: string): string | undefined };
  readonly #clock: Clock;
  readonly #boot: string;
  readonly #boards = new Map<string, PresenceBoard>();
  readonly #opening = new Map<string, Promise<PresenceBoard>>();

  constructor(parts: PresenceParts) {
    super();
    this.#store = parts.store;
    this.#names = parts.names;
    this.#clock = parts.clock;
    this.#boot = parts.boot ?? 'here';
  }

  /**
   * Loads who is expected and who was seen; may run again.
   * @param present media connected already; asked when the board is there, since some connect while it is loaded
   */
  async open(
    briefing: string,
    present: () => readonly (Sighting & { readonly line: LineQuality })[] = () => [],
  ): Promise<void> {
    if (!this.#boards.has(briefing)) {
      const opening = this.#opening.get(briefing) ?? this.#load(briefing);
      this.#opening.set(briefing, opening);
      try {
        const board = await opening;
        if (!this.#boards.has(briefing)) {
          this.#boards.set(briefing, board);
          this.emit('opened', briefing);
        }
      } finally {
        this.#opening.delete(briefing);
      }
    }
    for (const { line, ...sighting } of present()) this.media(sighting, line);
  }

  /** Writes the last of it; what cannot be written now is lost with the board. */
  async close(briefing: string): Promise<void> {
    const board = this.#boards.get(briefing);
    this.#boards.delete(briefing);
    if (!board) return;
    this.emit('closed', briefing);
    await this.#saveBoard(briefing, board);
  }

  channelOpened(briefing: string, seat: Seat): void {
    const board = this.#boards.get(briefing);
    if (!board) return;
    board.channelOpened(seat, this.#clock.now());
    this.emit('channelOpened', briefing, seat);
    this.emit('moved');
  }

  channelClosed(briefing: string, identity: string): void {
    const board = this.#boards.get(briefing);
    if (!board) return;
    board.channelClosed(identity, this.#clock.now());
    this.emit('channelClosed', briefing, identity);
    this.emit('moved');
  }

  media(sighting: Sighting, line: LineQuality | 'off'): void {
    const board = this.#boards.get(sighting.briefing);
    if (!board) return;
    board.media(sighting, line, this.#clock.now());
    this.emit('media', sighting, line);
    this.emit('moved');
  }

  quality(briefing: string, identity: string, line: 'good' | 'weak'): void {
    const board = this.#boards.get(briefing);
    if (!board) return;
    board.quality(identity, line, this.#clock.now());
    this.emit('quality', briefing, identity, line);
    this.emit('moved');
  }

  /** PR9 */
  equip(briefing: string, identity: string, equipment: Equipment): void {
    this.#boards.get(briefing)?.equip(identity, equipment, this.#clock.now());
    this.emit('moved');
  }

  /** CL40: what changed at this node since this was asked last, with at most so many units a message. */
  takeNews(most: number): PresenceNews[] {
    return [...this.#boards].flatMap(([briefing, board]) => board.own.takeNews(briefing, most));
  }

  /** How far each briefing has come at this node. */
  marks(): PresenceNews[] {
    return [...this.#boards].map(([briefing, board]) => board.own.mark(briefing));
  }

  /** What another node misses of this one, as it stands when each message is taken. */
  *fill({ briefing, boot, from }: PresenceGap, most: number): Generator<PresenceNews> {
    const board = boot === null || boot === this.#boot ? this.#boards.get(briefing) : undefined;
    if (board) yield* board.own.since(briefing, from, most);
  }

  /** @returns what this node misses of the other */
  hear(boot: string, news: PresenceNews): PresenceGap | undefined {
    const { briefing } = news;
    const missed = this.#boards.get(briefing)?.hear(boot, news, this.#clock.now());
    return missed && { briefing, boot, from: missed.behind };
  }

  /** CL41: of nodes that are no more nothing is true any more. */
  retain(living: ReadonlySet<string>): void {
    for (const [briefing, board] of this.#boards) {
      const dead = [...board.boots].filter((boot) => !living.has(boot));
      const orphans = dead.flatMap((boot) => board.forget(boot, this.#clock.now()));
      if (orphans.length > 0) this.emit('orphaned', briefing, orphans);
    }
  }

  /** PR11 */
  expire(elapsed: number): void {
    for (const board of this.#boards.values()) board.expire(elapsed);
  }

  /** Whether the media of a device is up at any node, as far as is known. */
  hasMedia(briefing: string, identity: string): boolean {
    return this.#boards.get(briefing)?.hasMedia(identity) ?? false;
  }

  /** Whether a device is connected to any node, as far as is known. */
  isConnected(briefing: string, identity: string): boolean {
    return this.#boards.get(briefing)?.isConnected(identity) ?? false;
  }

  seat(briefing: string, identity: string): Seat | undefined {
    return this.#boards.get(briefing)?.seat(identity);
  }

  /** Of a device that is at this node. */
  seatHere(briefing: string, identity: string): Seat | undefined {
    return this.#boards.get(briefing)?.seatHere(identity);
  }

  /** Those of these devices that are at this node. */
  here(briefing: string, identities: readonly string[]): [identity: string, as: 'media' | 'channel'][] {
    const board = this.#boards.get(briefing);
    return identities.flatMap((identity) => {
      const as = board?.hereAs(identity);
      return as ? [[identity, as]] : [];
    });
  }

  /** A unit as somebody reads it who thinks of calling it. */
  there(briefing: string, code: string): UnitThere {
    const unit = this.#boards.get(briefing)?.unit(code);
    if (!unit) return { presence: 'never', lastSeen: null, line: null, equipment: null, ringable: false, seats: [] };
    return {
      presence: unit.state,
      lastSeen: isThere(unit.state) ? null : (unit.lastSeen?.toISOString() ?? null),
      line: unit.line,
      equipment: equipmentOf(unit),
      ringable: this.ringable(briefing, code),
      seats: [...unit.devices.values()].flatMap(({ seat, hasChannel }) => (seat && hasChannel ? seat : [])),
    };
  }

  /** Whether a call would ring at any node, as far as is known. */
  ringable(briefing: string, unit: string): boolean {
    return this.#boards.get(briefing)?.ringable(unit) ?? false;
  }

  /** Whether it would at this one. */
  ringableHere(briefing: string, unit: string): boolean {
    return this.#boards.get(briefing)?.ringable(unit, true) ?? false;
  }

  /** The row of a territory (a path) and its children: what an official sees first. */
  counts(briefing: string, root: string): PresenceCount[] {
    return this.#boards.get(briefing)?.counts(root) ?? [];
  }

  /** Rows that changed since the last call, by territory; asked at most 4 times a second. */
  takeChanged(): Map<string, Map<string, PresenceCount[]>> {
    const changed = new Map<string, Map<string, PresenceCount[]>>();
    for (const [briefing, board] of this.#boards) {
      const rows = board.takeChanged();
      if (rows.size > 0) changed.set(briefing, rows);
    }
    return changed;
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `not-found` */
  list(account: Account, briefing: string, query: PresenceQuery): PresencePage {
    const { board, path } = this.#seen(account, briefing, query.root);
    return listPresence(board, path, query, this.#names, this.#clock.now());
  }

  /** FG98. @throws DomainError as `list` */
  present(account: Account, briefing: string, root: UnitCode): HereNow {
    const { board, path } = this.#seen(account, briefing, root);
    return unitsHere(board, path);
  }

  #seen(account: Account, briefing: string, root: UnitCode) {
    const path = this.#names.path(root);
    if (path === undefined) throw refuse('not-found', `there is no unit ${root}`);
    demand(account, 'presence.list', at(path));
    const board = this.#boards.get(briefing);
    if (!board) throw refuse('not-live', 'the briefing is not open');
    return { board, path };
  }

  /** Writes what changed since the last time; called every few seconds. A failure keeps it for the next. */
  async save(): Promise<void> {
    for (const [briefing, board] of this.#boards) await this.#saveBoard(briefing, board);
  }

  async #load(briefing: string): Promise<PresenceBoard> {
    const { expected, seen, aliveAt } = await this.#store.load(briefing);
    const board = new PresenceBoard(expected, this.#boot, this.#clock.now().getTime());
    board.restore(seen, aliveAt);
    return board;
  }

  async #saveBoard(briefing: string, board: PresenceBoard): Promise<void> {
    const units = board.takeUnsaved();
    try {
      await this.#store.save(briefing, units.flatMap(toRow), this.#clock.now());
    } catch (error) {
      board.markUnsaved(units);
      throw error;
    }
  }
}

function toRow(unit: UnitEntry) {
  const { code, firstSeen, lastSeen, state, joined } = unit;
  if (!firstSeen || !lastSeen) return [];
  return [{ unit: code, firstSeen, lastSeen, present: state === 'here' || state === 'door', joined }];
}
