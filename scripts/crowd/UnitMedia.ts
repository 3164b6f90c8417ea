import { VideoQuality } from '@livekit/protocol';
import { PublisherBot } from '../load/PublisherBot.ts';
import type { Account } from '../load/signal.ts';
import { ViewerBot } from '../load/ViewerBot.ts';

/** Where media of a unit go: as `join` answers it. */
export type Seat = Pick<Account, 'url' | 'token' | 'room'>;

/** Reports of a line without pictures need not come more often, ms. */
const TICK_MS = 1_000;
/** Of the senders of a bot: sound, and the lowest layers of the picture, which a small machine can carry. */
const SENT = 3;

const account = (seat: Seat): Account => ({ ...seat, key: '', secret: '', bindAddress: '127.0.0.1' });

/**
 * The media of one made-up unit, as a LiveKit client: it hears what is on air and asks for no picture. Called on stage, it
 * leaves, and comes back as one that sends a recorded picture and sound as soon as the server lets it [DC5].
 */
export class UnitMedia {
  readonly #seat: () => Promise<Seat>;
  readonly #identity: string;
  #viewer: ViewerBot | undefined;
  #speaker: PublisherBot | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param seat asks anew, since a token is used once @param identity of the device */
  constructor(identity: string, seat: () => Promise<Seat>) {
    this.#identity = identity;
    this.#seat = seat;
  }

  /** Why its media are no longer there; undefined: they are, or come. */
  get failure(): string | undefined {
    return (this.#speaker ?? this.#viewer)?.failure;
  }

  get isSpeaking(): boolean {
    return this.#speaker !== undefined;
  }

  async watch(): Promise<void> {
    await this.#leave();
    const seat = await this.#seat();
    if (this.#isClosed) return;
    const viewer = new ViewerBot(this.#identity, { bindAddress: '127.0.0.1', quality: VideoQuality.OFF });
    this.#viewer = viewer;
    this.#ticker = setInterval(() => viewer.connection.tick(performance.now()), TICK_MS);
    await viewer.join(account(seat), this.#identity);
  }

  /** Resolves when the server knows it; media flow as soon as it may publish. */
  async speak(): Promise<void> {
    await this.#leave();
    const seat = await this.#seat();
    const speaker = await PublisherBot.enter(account(seat), this.#identity, { pace: 0.5, keyEachRound: true });
    if (this.#isClosed) return speaker.close();
    for (const sender of speaker.senders.slice(SENT)) sender.setEnabled(false);
    this.#speaker = speaker;
    // Whoever is not let on air, or leaves before, publishes nothing.
    speaker.publishWhenAllowed().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#leave();
  }

  async #leave(): Promise<void> {
    clearInterval(this.#ticker);
    const [viewer, speaker] = [this.#viewer, this.#speaker];
    this.#viewer = undefined;
    this.#speaker = undefined;
    await Promise.all([viewer?.close(), speaker?.close()]);
  }
}
