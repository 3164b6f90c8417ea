import { type EntryRecord, isOwn } from '../../../domain/rollcall/entryRules.ts';
import type { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import type { RoundBoard } from '../../../domain/rollcall/RoundBoard.ts';
import { seesRound, territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { common } from '../channel/Heard.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';
import { RoundTicker } from './RoundTicker.ts';

/** Tells the devices of this node of rounds (RC17) and of the entries of their unit (RC18). */
export class RoundNotices implements SliceNotices {
  readonly #channel: ChannelContext;
  readonly #live: LiveRounds;
  readonly #ticker: RoundTicker;
  readonly #onTold = (board: RoundBoard, again: boolean) => {
    if (again) this.#askAgain(board);
    else this.#tellRound(board);
  };
  readonly #onEntered = (board: RoundBoard, records: readonly EntryRecord[], elsewhere: boolean) => {
    for (const record of records) this.#tellEntry(board, record, elsewhere);
  };

  constructor(channel: ChannelContext, live: LiveRounds) {
    this.#channel = channel;
    this.#live = live;
    live.on('told', this.#onTold);
    live.on('entered', this.#onEntered);
    this.#ticker = new RoundTicker(channel, live);
  }

  /** DL3: everything that a device may have missed. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const official = territorySeen(seat) !== undefined;
    const boards = this.#live.of(briefing).filter((board) => seesRound(seat, board));
    tell(socket, 'rounds', {
      briefing,
      rounds: boards.map((board) => (official ? board.forOfficials() : board.forSeats())),
      entries: official ? [] : boards.flatMap((board) => board.entry(seat.unit) ?? []),
    });
    this.#ticker.welcome(socket, briefing, seat);
  }

  close(): void {
    this.#live.off('told', this.#onTold);
    this.#live.off('entered', this.#onEntered);
    this.#ticker.close();
  }

  #tellRound(board: RoundBoard): void {
    const { briefing } = board.round;
    tell(this.#seats(briefing, board.asked), 'round', { round: board.forSeats(), again: false });
    const reached = this.#channel.territories.of(briefing).filter((path) => board.reaches(path));
    if (reached.length === 0) return;
    const officials = this.#channel.io.local.to(reached.map((path) => rooms.officials(briefing, path)));
    tell(officials, 'round', { round: board.forOfficials(), again: false });
  }

  /** DL4 */
  #askAgain(board: RoundBoard): void {
    tell(this.#seats(board.round.briefing, board.missing), 'round', { round: board.forSeats(), again: true });
  }

  /** Seats on this node whose unit is wanted. Mostly that is all of them, who have a room in common. */
  #seats(briefing: string, wanted: Parameters<typeof common>[0]) {
    const { io, seatUnits } = this.#channel;
    const here = seatUnits.in(briefing);
    const heard = common(wanted, here);
    if (heard.length === here.size) return io.local.to(rooms.seats(briefing));
    // Without a room it would be everybody.
    return io.local.to(heard.length > 0 ? heard.map((unit) => rooms.seatsOf(briefing, unit)) : rooms.nobody);
  }

  #tellEntry(board: RoundBoard, record: EntryRecord, elsewhere: boolean): void {
    const room = rooms.unit(board.round.briefing, record.unit);
    // DL3: one that answered elsewhere and is here now was welcomed before this node had heard of it.
    const own = isOwn(record) && !elsewhere ? record.identity : undefined;
    const { adapter, sockets } = this.#channel.io.of('/');
    // Mostly nobody but the one who answered, who has their receipt.
    const others: string[] = [];
    for (const id of adapter.rooms.get(room) ?? []) if (sockets.get(id)?.data.seat.identity !== own) others.push(id);
    const entry = others.length > 0 && board.entry(record.unit);
    if (entry) tell(this.#channel.io.local.to(others), 'round.entry', entry);
  }
}
