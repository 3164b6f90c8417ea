import type { EntryRecord } from '../../domain/rollcall/entryRules.ts';
import type { LiveRounds } from '../../domain/rollcall/LiveRounds.ts';
import type { RoundBoard } from '../../domain/rollcall/RoundBoard.ts';
import { concerns } from '../../domain/rollcall/RoundReader.ts';
import type { Seat } from '../../protocol/floor.ts';
import { isOfficial, rooms } from './rooms.ts';
import type { Territories } from './Territories.ts';
import { isHeard, tell } from './tell.ts';
import type { ChannelServer, ChannelSocket } from './types.ts';

/** Tells the devices of this node of rounds (RC17) and of the entries of their unit (RC18). */
export class RoundNotices {
  readonly #io: ChannelServer;
  readonly #live: LiveRounds;
  readonly #territories: Territories;
  readonly #onTold = (board: RoundBoard, again: boolean) => {
    if (again) this.#askAgain(board);
    else this.#tellRound(board);
  };
  readonly #onEntered = (board: RoundBoard, records: readonly EntryRecord[]) => {
    for (const record of records) this.#tellEntry(board, record);
  };

  constructor(io: ChannelServer, live: LiveRounds, territories: Territories) {
    this.#io = io;
    this.#live = live;
    this.#territories = territories;
    live.on('told', this.#onTold);
    live.on('entered', this.#onEntered);
  }

  /** DL3: everything that a device may have missed. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const official = isOfficial(seat.role);
    const boards = this.#live.of(briefing).filter((board) => concerns(board, seat, official));
    tell(socket, 'rounds', {
      briefing,
      rounds: boards.map((board) => (official ? board.forOfficials() : board.forSeats())),
      entries: official ? [] : boards.flatMap((board) => board.entry(seat.unit) ?? []),
    });
  }

  close(): void {
    this.#live.off('told', this.#onTold);
    this.#live.off('entered', this.#onEntered);
  }

  #tellRound(board: RoundBoard): void {
    const { briefing } = board.round;
    tell(this.#seatsOf(board, board.units()), 'round', { round: board.forSeats(), again: false });
    const reached = this.#territories.of(briefing).filter((path) => board.reaches(path));
    if (reached.length === 0) return;
    const officials = this.#io.local.to(reached.map((path) => rooms.officials(briefing, path)));
    tell(officials, 'round', { round: board.forOfficials(), again: false });
  }

  /** DL4 */
  #askAgain(board: RoundBoard): void {
    tell(this.#seatsOf(board, board.missing()), 'round', { round: board.forSeats(), again: true });
  }

  #seatsOf({ round }: RoundBoard, units: Iterable<{ readonly unit: string }>) {
    const heard: string[] = [];
    for (const { unit } of units) {
      const room = rooms.seatsOf(round.briefing, unit);
      if (isHeard(this.#io, room)) heard.push(room);
    }
    // Without a room it would be everybody.
    return this.#io.local.to(heard.length > 0 ? heard : rooms.nobody);
  }

  #tellEntry(board: RoundBoard, record: EntryRecord): void {
    const { briefing } = board.round;
    const unit = rooms.unit(briefing, record.unit);
    const own = record.kind === 'answer' ? rooms.device(briefing, record.identity) : rooms.nobody;
    if (!isHeard(this.#io, unit, own)) return;
    const entry = board.entry(record.unit);
    if (entry) tell(this.#io.local.to(unit).except(own), 'round.entry', entry);
  }
}
