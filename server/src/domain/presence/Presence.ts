import { EventEmitter } from 'node:events';
import type { Clock } from '../../lib/clock.ts';
import type { Equipment } from '../../protocol/equipment.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { LineQuality, PresenceCount, PresencePage } from '../../protocol/presence.ts';
import { at, demand } from '../shared/rights.ts';
import { listPresence, type PresenceQuery } from './listPresence.ts';
import { equipmentOf, isThere, PresenceBoard, type UnitEntry } from './PresenceBoard.ts';
import type { PresenceStore, UnitNames, UnitThere } from './ports.ts';

/** A device in a briefing, as the hall tells of it. */
export interface Sighting {
  readonly briefing: string;
  readonly identity: string;
  readonly unit: string;
  readonly path: string;
}

/** The facts of boards that are open, for whoever keeps a record of them. */
export interface PresenceFacts {
  opened: [briefing: string];
  channelOpened: [briefing: string, seat: Seat];
  channelClosed: [briefing: string, identity: string];
  /** Media of a device came, changed, was lost, or left (`off`). */
  media: [Sighting, LineQuality | 'off'];
  quality: [briefing: string, identity: string, line: 'good' | 'weak'];
  closed: [briefing: string];
}

/**
 * Presence of all briefings that are open or live on this node. Facts come in by methods; reading never waits for a
 * store.
 */
export class Presence extends EventEmitter<PresenceFacts> {
  readonly #store: PresenceStore;
  readonly #names: UnitNames & { path(code: string): string | undefined };
  readonly #clock: Clock;
  readonly #boards = new Map<string, PresenceBoard>();
  readonly #opening = new Map<string, Promise<PresenceBoard>>();

  constructor(parts: {
    store: PresenceStore;
    names: UnitNames & { path(code: string): string | undefined };
    clock: Clock;
  }) {
    super();
    this.#store = parts.store;
    this.#names = parts.names;
    this.#clock = parts.clock;
  }

  /**
   * Loads who is expected and who was seen; may run again.
   * @param present media connected already, after a restart of a part
   */
  async open(briefing: string, present: readonly (Sighting & { readonly line: LineQuality })[] = []): Promise<void> {
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
    for (const { line, ...sighting } of present) this.media(sighting, line);
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
  }

  channelClosed(briefing: string, identity: string): void {
    const board = this.#boards.get(briefing);
    if (!board) return;
    board.channelClosed(identity, this.#clock.now());
    this.emit('channelClosed', briefing, identity);
  }

  media(sighting: Sighting, line: LineQuality | 'off'): void {
    const board = this.#boards.get(sighting.briefing);
    if (!board) return;
    board.media(sighting, line, this.#clock.now());
    this.emit('media', sighting, line);
  }

  quality(briefing: string, identity: string, line: 'good' | 'weak'): void {
    const board = this.#boards.get(briefing);
    if (!board) return;
    board.quality(identity, line, this.#clock.now());
    this.emit('quality', briefing, identity, line);
  }

  /** PR9 */
  equip(briefing: string, identity: string, equipment: Equipment): void {
    this.#boards.get(briefing)?.equip(identity, equipment);
  }

  seat(briefing: string, identity: string): Seat | undefined {
    return this.#boards.get(briefing)?.seat(identity);
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
      seats: [...unit.devices.values()].flatMap(({ seat, channels }) => (seat && channels > 0 ? seat : [])),
    };
  }

  ringable(briefing: string, unit: string): boolean {
    return this.#boards.get(briefing)?.ringable(unit) ?? false;
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
    const path = this.#names.path(query.root);
    if (path === undefined) throw refuse('not-found', `there is no unit ${query.root}`);
    demand(account, 'presence.list', at(path));
    const board = this.#boards.get(briefing);
    if (!board) throw refuse('not-live', 'the briefing is not open');
    return listPresence(board, path, query, this.#names, this.#clock.now());
  }

  /** Writes what changed since the last time; called every few seconds. A failure keeps it for the next. */
  async save(): Promise<void> {
    for (const [briefing, board] of this.#boards) await this.#saveBoard(briefing, board);
  }

  async #load(briefing: string): Promise<PresenceBoard> {
    const { expected, seen, aliveAt } = await this.#store.load(briefing);
    const board = new PresenceBoard(expected);
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
