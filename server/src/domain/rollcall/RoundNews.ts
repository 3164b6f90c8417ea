import { type LiveRounds, markOf } from './LiveRounds.ts';
import type { RoundMark } from './ports.ts';
import type { RoundBoard } from './RoundBoard.ts';

/** DL5: at most 4 a second for each round, whatever the number of answers. */
const TELL_MS = 250;

/** DL2: says how far rounds have come here, for other nodes: acts on a round at once, its entries merged. */
export class RoundNews {
  readonly #live: LiveRounds;
  readonly #tell: (mark: RoundMark) => void;
  readonly #timer: NodeJS.Timeout;
  /** Rounds with entries since they were last told. */
  readonly #grown = new Set<RoundBoard>();
  readonly #onEntered = (board: RoundBoard) => this.#grown.add(board);

  constructor(live: LiveRounds, tell: (mark: RoundMark) => void) {
    this.#live = live;
    this.#tell = tell;
    live.on('committed', tell);
    live.on('entered', this.#onEntered);
    this.#timer = setInterval(() => this.#tellGrown(), TELL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#live.off('committed', this.#tell);
    this.#live.off('entered', this.#onEntered);
  }

  #tellGrown(): void {
    for (const board of this.#grown) this.#tell(markOf(board));
    this.#grown.clear();
  }
}
