import type { VideoQuality } from '@livekit/protocol';
import type { Account } from '../load/signal.ts';
import { ViewerBot } from '../load/ViewerBot.ts';
import type { MediaConnection } from './PageBot.ts';

/** Packets that come in one go are one moment, ms. */
const TICK_MS = 10;

/** For how long viewers had no picture, as they see it: over all connections that they have one after another. */
export class PictureWatch {
  #at: number | undefined;
  #longest = 0;
  #packets = 0;

  /** A moment in which a picture moved, or not. @param packets of whole pictures so far, on the connection of now */
  look(packets: number, now: number): void {
    if (packets === this.#packets) return;
    const moved = packets > this.#packets;
    this.#packets = packets;
    // Fewer: on another connection.
    if (!moved) return;
    if (this.#at !== undefined) this.#longest = Math.max(this.#longest, now - this.#at);
    this.#at = now;
  }

  /** Since it was taken last, up to now, ms. */
  takeLongest(now: number): number {
    const longest = Math.max(this.#longest, now - (this.#at ?? now));
    this.#longest = 0;
    return longest;
  }

  get hasSeen(): boolean {
    return this.#at !== undefined;
  }

  silentMs(now: number): number {
    return this.#at === undefined ? 0 : now - this.#at;
  }
}

/** A viewer without a decoder, who notices for how long there is no picture. */
export class WatchingBot implements MediaConnection {
  readonly #bot: ViewerBot;
  readonly #watch: PictureWatch;
  readonly #ticker: NodeJS.Timeout;
  readonly #since = performance.now();

  /** @param quality which layer of the pictures it asks for; without: the highest */
  static async enter(
    account: Account,
    identity: string,
    watch: PictureWatch,
    quality?: VideoQuality,
  ): Promise<WatchingBot> {
    const bot = new ViewerBot(identity, { bindAddress: account.bindAddress, quality });
    await bot.join(account, identity);
    return new WatchingBot(bot, watch);
  }

  private constructor(bot: ViewerBot, watch: PictureWatch) {
    this.#bot = bot;
    this.#watch = watch;
    let turn = 0;
    this.#ticker = setInterval(() => {
      const now = performance.now();
      if (turn++ % 5 === 0) bot.connection.tick(now);
      const whole = [...bot.connection.receivers.values()].filter(({ kind, isWhole }) => kind === 'video' && isWhole);
      watch.look(
        whole.reduce((sum, { packets }) => sum + packets, 0),
        now,
      );
    }, TICK_MS);
  }

  get failure(): string | undefined {
    return this.#bot.failure;
  }

  /** How long nothing has come by this connection, ms. */
  silentMs(now = performance.now()): number {
    return Math.min(this.#watch.silentMs(now), now - this.#since);
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    await this.#bot.close();
  }
}
