import type { Clock } from '../../lib/clock.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Line, PresenceCount, PresencePage } from '../../protocol/presence.ts';
import { at, demand } from '../rights.ts';
import { listPresence, type PresenceQuery } from './listPresence.ts';
import { PresenceBoard, type UnitEntry } from './PresenceBoard.ts';
import type { PresenceStore, UnitNames } from './ports.ts';

/** A device in a briefing, as the hall tells of it. */
export interface Sighting {
  readonly briefing: string;
  readonly identity: string;
  readonly unit: string;
  readonly path: string;
}

/** Presence of all briefings that are open or live on this node. Facts come in by methods; reading never waits for a store. */
export class Presence {
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
    this.#store = parts.store;
    this.#names = parts.names;
    this.#clock = parts.clock;
  }

  /** Loads who is expected and who was seen; may run again. @param present media connected already, after a restart of a part */
  async open(briefing: string, present: readonly (Sighting & { readonly line: Line })[] = []): Promise<void> {
    if (!this.#boards.has(briefing)) {
      const opening = this.#opening.get(briefing) ?? this.#load(briefing);
      this.#opening.set(briefing, opening);
      try {
        this.#boards.set(briefing, await opening);
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
    if (board) await this.#saveBoard(briefing, board);
  }

  channelOpened(briefing: string, seat: Seat): void {
    this.#boards.get(briefing)?.channelOpened(seat, this.#clock.now());
  }

  channelClosed(briefing: string, identity: string): void {
    this.#boards.get(briefing)?.channelClosed(identity, this.#clock.now());
  }

  media(sighting: Sighting, line: Line | 'off'): void {
    this.#boards.get(sighting.briefing)?.media(sighting, line, this.#clock.now());
  }

  quality(briefing: string, identity: string, line: 'good' | 'weak'): void {
    this.#boards.get(briefing)?.quality(identity, line, this.#clock.now());
  }

  seat(briefing: string, identity: string): Seat | undefined {
    return this.#boards.get(briefing)?.seat(identity);
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
