import type { DirectiveBoard } from '../../../domain/directive/DirectiveBoard.ts';
import type { Directives } from '../../../domain/directive/Directives.ts';
import type { FollowActs } from '../../../domain/directive/FollowActs.ts';
import type { DirectiveMark } from '../../../domain/directive/ports.ts';
import type { Reminders } from '../../../domain/directive/Reminders.ts';
import type { UnitIndex } from '../../../domain/organisation/UnitIndex.ts';
import { every } from '../../../lib/every.ts';
import type { Directive, Follow, Reminder } from '../../../protocol/directive.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { codeOf, type UnitCode } from '../../../protocol/organisation.ts';
import { isOfficial } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelServer, ChannelSocket } from '../channel/types.ts';
import { DirectiveTicker } from './DirectiveTicker.ts';

export interface DirectiveNews {
  readonly directives: Directives;
  readonly acts: FollowActs;
  readonly reminders: Reminders;
  readonly board: DirectiveBoard;
  readonly units: { readonly index: UnitIndex };
}

/** A directive reaches the devices of each node within this time, whatever was lost on the way. */
const SWEEP_MS = 2_000;

/** Directives are not bound to a briefing, and neither are these rooms. */
const OFFICE = 'office:';
const DESK = 'desk:';
/** Every device of a unit. */
const office = (unit: UnitCode) => OFFICE + unit;
/** Principals and moderators of a territory. */
const desk = (path: string) => DESK + path;

/** Tells the devices of this node of directives for their units, and officials how far these have come (DR29 to DR32). */
export class DirectiveNotices {
  readonly #io: ChannelServer;
  readonly #news: DirectiveNews;
  readonly #ticker: DirectiveTicker;
  readonly #tellNodes: (hint: (nodes: ChannelServer) => void) => void;
  readonly #failed: (error: unknown) => void;
  readonly #sweep: { close(): void };
  /** What was told here, as far as the sweep would still find it. */
  readonly #told = new Set<string>();
  readonly #onChanged = ({ id, state }: Directive) => {
    this.#tellNodes((nodes) => nodes.serverSideEmit('directive', { id, state }));
    this.#tellDirective({ id, state }).catch(this.#failed);
  };
  readonly #onFollowed = (follows: readonly Follow[]) => {
    // What happens here must not reach those who wait for the commit, which is done.
    try {
      for (const [directive, units] of unitsByDirective(follows))
        this.#tellNodes((nodes) => nodes.serverSideEmit('follows', directive, units));
      this.#tellFollows(follows);
    } catch (error) {
      this.#failed(error);
    }
  };
  readonly #onReminded = (reminder: Reminder) => {
    this.#tellNodes((nodes) => nodes.serverSideEmit('reminder', reminder));
    this.#tellReminder(reminder).catch(this.#failed);
  };

  /**
   * @param alone there are no other nodes to tell
   * @param failed what could not be told, for the log: the inbox is the truth
   */
  constructor(io: ChannelServer, news: DirectiveNews, alone: boolean, failed: (error: unknown) => void) {
    this.#io = io;
    this.#tellNodes = alone ? () => undefined : (hint) => hint(io);
    this.#news = news;
    this.#failed = failed;
    const { board, units } = news;
    this.#ticker = new DirectiveTicker({
      board,
      watched: () => this.#heard(DESK),
      children: (path) => units.index.children(codeOf(path)).map((unit) => unit.path),
      tell: (directive, territory, rows) => {
        tell(io.local.to(desk(territory)), 'directive.tick', { directive, root: codeOf(territory), ...rows });
      },
      failed,
    });
    this.#sweep = every(SWEEP_MS, () => this.#tellMissed(), failed);
    news.directives.on('issued', this.#onChanged).on('ended', this.#onChanged);
    news.acts.on('followed', this.#onFollowed);
    news.reminders.on('reminded', this.#onReminded);
    io.on('directive', (mark) => void this.#tellDirective(mark).catch(failed));
    io.on('follows', (directive, changed) => void this.#tellOthersFollows(directive, changed).catch(failed));
    io.on('reminder', (reminder) => void this.#tellReminder(reminder).catch(failed));
  }

  welcome(socket: ChannelSocket, seat: Seat): void {
    socket.join(office(seat.unit));
    if (isOfficial(seat.role)) socket.join(desk(seat.path));
  }

  close(): void {
    this.#ticker.close();
    this.#sweep.close();
    const { directives, acts, reminders } = this.#news;
    directives.off('issued', this.#onChanged).off('ended', this.#onChanged);
    acts.off('followed', this.#onFollowed);
    reminders.off('reminded', this.#onReminded);
  }

  async #tellDirective(mark: DirectiveMark): Promise<void> {
    if (this.#told.has(keyOf(mark))) return;
    this.#told.add(keyOf(mark));
    this.#ticker.changed(mark.id);
    try {
      const heard = await this.#news.directives.heardBy(mark.id, this.#heard(OFFICE));
      if (heard) tell(this.#io.local.to(heard.units.map(office)), 'directive', heard.directive);
    } catch (error) {
      this.#told.delete(keyOf(mark));
      throw error;
    }
  }

  /** What a lost message, or the death of the node that should have sent it, has left untold. */
  async #tellMissed(): Promise<void> {
    const before = new Set(this.#told);
    const recent = await this.#news.directives.recent();
    const found = new Set(recent.map(keyOf));
    for (const key of before) if (!found.has(key)) this.#told.delete(key);
    for (const mark of recent) await this.#tellDirective(mark);
  }

  #tellFollows(follows: readonly Follow[]): void {
    for (const follow of follows) {
      this.#ticker.followed(follow.directive, [follow.path]);
      const room = office(follow.unit);
      if (isHeard(this.#io, room)) tell(this.#io.local.to(room), 'directive.follow', follow);
    }
  }

  /** Another node has recorded them. */
  async #tellOthersFollows(directive: string, changed: readonly UnitCode[]): Promise<void> {
    const paths = changed.flatMap((unit) => this.#news.units.index.find(unit)?.path ?? []);
    this.#ticker.followed(directive, paths);
    const units = changed.filter((unit) => isHeard(this.#io, office(unit)));
    if (units.length === 0) return;
    for (const follow of await this.#news.directives.follows(units.map((unit) => ({ directive, unit }))))
      tell(this.#io.local.to(office(follow.unit)), 'directive.follow', follow);
  }

  async #tellReminder(reminder: Reminder): Promise<void> {
    const { directive, moment } = reminder;
    // From now on they are overdue.
    if (moment === 'deadline') this.#ticker.changed(directive);
    const units = await this.#news.reminders.reminded(directive, moment, this.#heard(OFFICE));
    if (units.length > 0) tell(this.#io.local.to(units.map(office)), 'directive.reminder', reminder);
  }

  /** What stands behind the prefix, of the rooms in which somebody is here. */
  #heard(prefix: string): string[] {
    const heard: string[] = [];
    for (const room of this.#io.of('/').adapter.rooms.keys())
      if (room.startsWith(prefix)) heard.push(room.slice(prefix.length));
    return heard;
  }
}

const keyOf = ({ id, state }: DirectiveMark) => `${id} ${state}`;

function unitsByDirective(follows: readonly Follow[]): Map<string, UnitCode[]> {
  const byDirective = new Map<string, UnitCode[]>();
  for (const { directive, unit } of follows) {
    const units = byDirective.get(directive) ?? [];
    byDirective.set(directive, units);
    units.push(unit);
  }
  return byDirective;
}
