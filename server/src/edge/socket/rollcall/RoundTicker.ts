import type { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import type { RoundBoard } from '../../../domain/rollcall/RoundBoard.ts';
import { seesRound, territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
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
      if (seesRound(seat, board)) this.#tell(socket, territory, board, board.counts(territory), true);
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
    for (const path of full ? [...watched].filter((at) => board.reaches(at)) : changed.keys()) {
      const counts = full ? board.counts(path) : (changed.get(path) ?? []);
      this.#tell(this.#channel.io.local.to(rooms.officials(briefing, path)), path, board, counts, full);
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
    tell(whom, 'round.tick', { briefing, round, at, full, counts, ...(quorum && { quorum }) });
  }
}
