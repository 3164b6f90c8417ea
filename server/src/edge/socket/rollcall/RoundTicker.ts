import type { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import type { RoundBoard } from '../../../domain/rollcall/RoundBoard.ts';
import { toldCount } from '../../../domain/rollcall/told.ts';
import { seesRound, territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { NumberSum } from '../../../protocol/rollcallNumber.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket } from '../channel/types.ts';

/** DL5: at most 4 a second, whatever the number of answers. */
const TICK_MS = 250;

/** Tells officials how their territory stands in each round. */
export class RoundTicker {
  readonly #channel: ChannelContext;
  readonly #live: LiveRounds;
  readonly #timer: NodeJS.Timeout;
  /** Rounds of which everybody gets all rows with the next tick. */
  readonly #moved = new Set<RoundBoard>();
  /** Rounds with entries since the last tick. */
  readonly #grown = new Set<RoundBoard>();
  readonly #onTold = (board: RoundBoard, again: boolean) => {
    if (!again) this.#moved.add(board);
  };
  readonly #onEntered = (board: RoundBoard) => this.#grown.add(board);

  constructor(channel: ChannelContext, live: LiveRounds) {
    this.#channel = channel;
    this.#live = live;
    live.on('told', this.#onTold);
    live.on('entered', this.#onEntered);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** All rows of each round, once for each connection of an official. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const territory = territorySeen(seat);
    if (!territory) return;
    for (const board of this.#live.of(briefing))
      if (seesRound(seat, board)) {
        this.#tell(socket, territory, board, board.counts(territory), true);
        this.#tellSums(socket, board, board.sums?.rows(territory), true);
      }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#live.off('told', this.#onTold);
    this.#live.off('entered', this.#onEntered);
  }

  #tick(): void {
    for (const board of this.#grown) if (!this.#moved.has(board)) this.#tellOfficials(board, false);
    for (const board of this.#moved) this.#tellOfficials(board, true);
    this.#grown.clear();
    this.#moved.clear();
  }

  #tellOfficials(board: RoundBoard, full: boolean): void {
    const { briefing } = board.round;
    const watched = new Set(this.#channel.territories.of(briefing));
    const changed = board.takeChanged(watched);
    const changedSums = board.sums?.takeChanged(watched);
    const moved = new Set([...changed.keys(), ...(changedSums?.keys() ?? [])]);
    for (const path of full ? [...watched].filter((at) => board.reaches(at)) : moved) {
      const counts = full ? board.counts(path) : (changed.get(path) ?? []);
      const officials = this.#channel.io.local.to(rooms.officials(briefing, path));
      this.#tell(officials, path, board, counts, full);
      this.#tellSums(officials, board, full ? board.sums?.rows(path) : changedSums?.get(path), full);
    }
  }

  #tell(
    whom: unknown,
    territory: UnitPath,
    board: RoundBoard,
    counts: ReturnType<RoundBoard['counts']>,
    full: boolean,
  ): void {
    const { id: round, briefing } = board.round;
    const quorum = board.quorum(territory);
    const at = this.#channel.now().toISOString();
    const told = { briefing, round, at, full, counts: counts.map(toldCount) };
    tell(whom, 'round.tick', { ...told, ...(quorum && { quorum }) });
  }

  /** FG32, FG24: once for all of a territory. */
  #tellSums(whom: unknown, board: RoundBoard, sums: readonly NumberSum[] | undefined, full: boolean): void {
    if (!sums || sums.length === 0) return;
    const { id: round, briefing } = board.round;
    tell(whom, 'round.sums', { briefing, round, at: this.#channel.now().toISOString(), full, sums: [...sums] });
  }
}
