import { VideoQuality } from '@livekit/protocol';
import { PublisherBot } from '../load/PublisherBot.ts';
import type { Account } from '../load/signal.ts';
import { ViewerBot } from '../load/ViewerBot.ts';
import type { Beat } from './Beat.ts';
import type { Cast, Speaker } from './Cast.ts';
import { HALF_SECONDS, recordingOf } from './recordings.ts';

/** Where media of a unit go: as `join` answers it. */
export type Seat = Pick<Account, 'url' | 'token' | 'room'>;

const account = (seat: Seat): Account => ({ ...seat, key: '', secret: '', bindAddress: '127.0.0.1' });

/**
 * The media of one made-up unit, as a LiveKit client: it hears what is on air and asks for no picture, also on stage:
 * called there, it leaves, and comes back as one that sends a recorded picture and sound as soon as the server lets it [DC5].
 */
export class UnitMedia implements Speaker {
  readonly #cast: Cast;
  readonly #beat: Beat;
  readonly #person: number;
  readonly #loss: number;
  readonly #seat: () => Promise<Seat>;
  readonly #identity: string;
  #viewer: ViewerBot | undefined;
  #speaker: PublisherBot | undefined;
  #endTicks: (() => void) | undefined;
  #isClosed = false;
  #changing: Promise<void> = Promise.resolve();
  /** Why the last change left it without media. */
  #lost: string | undefined;

  /**
   * @param seat asks anew, since a token is used once @param identity of the device
   * @param cast of the crowd @param beat by which it reports on its line, a second each
   * @param person which it would like to be on air @param loss share of the packets that do not come to it, 0..1
   */
  constructor(
    identity: string,
    seat: () => Promise<Seat>,
    { cast, beat }: { cast: Cast; beat: Beat },
    { person, loss }: { person: number; loss: number },
  ) {
    this.#cast = cast;
    this.#beat = beat;
    this.#person = person;
    this.#loss = loss;
    this.#identity = identity;
    this.#seat = seat;
  }

  /** Why its media are no longer there; undefined: they are, or come. */
  get failure(): string | undefined {
    return this.#lost ?? (this.#speaker ?? this.#viewer)?.failure;
  }

  get isSpeaking(): boolean {
    return this.#speaker !== undefined;
  }

  watch(): Promise<void> {
    return this.#after(() => this.#watch());
  }

  /** Resolves when the server knows it; media flow as soon as it may publish. */
  speak(): Promise<void> {
    return this.#after(() => this.#speak());
  }

  async #watch(): Promise<void> {
    await this.#leave();
    const seat = await this.#seat();
    if (this.#isClosed) return;
    const options = { bindAddress: '127.0.0.1', quality: VideoQuality.OFF, loss: this.#loss };
    const viewer = new ViewerBot(this.#identity, options);
    this.#viewer = viewer;
    this.#endTicks = this.#beat.listen(() => viewer.connection.tick(performance.now()));
    await viewer.join(account(seat), this.#identity);
  }

  async #speak(): Promise<void> {
    await this.#leave();
    const seat = await this.#seat();
    const recording = await recordingOf(this.#cast.enter(this, this.#person));
    const options = { ...recording, quality: VideoQuality.OFF, isLoopWhole: true };
    const speaker = await PublisherBot.enter(account(seat), this.#identity, options);
    if (this.#isClosed) return speaker.close();
    this.#speaker = speaker;
    this.speaks(false);
    // Whoever is not let on air, or leaves before, publishes nothing.
    speaker.publishWhenAllowed().then(
      () => this.#speaker === speaker && this.#cast.begin(this),
      () => undefined,
    );
  }

  speaks(isSpeaking: boolean): void {
    const from = isSpeaking ? 0 : HALF_SECONDS;
    this.#speaker?.play(from, from + HALF_SECONDS);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.#after(() => this.#leave());
  }

  /** One change waits for the one before: a call may ring while it comes back from another one. */
  #after(change: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(() => {
      this.#lost = undefined;
      return change();
    });
    this.#changing = changed.catch((error) => {
      this.#lost = String(error);
    });
    return changed;
  }

  async #leave(): Promise<void> {
    this.#endTicks?.();
    this.#cast.leave(this);
    const [viewer, speaker] = [this.#viewer, this.#speaker];
    this.#viewer = undefined;
    this.#speaker = undefined;
    await Promise.all([viewer?.close(), speaker?.close()]);
  }
}
