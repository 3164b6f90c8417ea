import { VideoQuality } from '@livekit/protocol';
import { Bots } from '../load/Bots.ts';
import type { Taste, ViewerState } from '../load/protocol.ts';
import type { Account } from '../load/signal.ts';

export type Moment = 'soundSince' | 'pictureSince';

/** Viewers in several processes that yield to the server, and the speakers whom they watch in one that does not. */
export class FullAudience {
  readonly #account: Account;
  readonly #speakers = Bots.speakers();
  readonly #viewers: Bots[] = [];
  #sids: readonly string[] = [];
  #lateMs = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  /** @param pace of the recorded frames a second so many are sent, 0..1 */
  async stand(count: number, pace: number): Promise<void> {
    const accounts = Array.from({ length: count }, () => this.#account);
    await this.#speakers.stand(accounts, pace);
    this.#sids = (await this.#speakers.snapshot()).speakers.map(({ sid }) => sid);
  }

  /** So many more come, in a process of their own. */
  async add(count: number, perSecond: number, returns: Taste['returns']): Promise<void> {
    const taste = { quality: VideoQuality.LOW, returns, yields: true };
    this.#viewers.push(await Bots.viewers(this.#account, count, perSecond, taste));
  }

  /** @throws Error when a speaker is no longer there */
  async read(): Promise<ViewerState[]> {
    const [speaking, ...all] = await Promise.all([this.#speakers, ...this.#viewers].map((some) => some.snapshot()));
    this.#lateMs = Math.max(this.#lateMs, ...all.map(({ lateMs }) => lateMs));
    const gone = speaking?.speakers.filter(({ failure }) => failure !== undefined) ?? [];
    if (gone.length === this.#sids.length) throw new Error(`no speaker is there any more: ${gone[0]?.failure}`);
    return all.flatMap(({ viewers }) => viewers);
  }

  /** How late timers of the viewers' processes were at most since this was asked last, ms: what they notice is as late. */
  takeLateMs(): number {
    const lateMs = this.#lateMs;
    this.#lateMs = 0;
    return lateMs;
  }

  /** Since when a viewer has the picture or the sound of that speaker, ms since 1970; 0: they have not. */
  since(viewer: ViewerState, speaker: number, moment: Moment): number {
    return viewer.seen.find(({ sid }) => sid === this.#sids[speaker])?.[moment] ?? 0;
  }

  async close(): Promise<void> {
    await Promise.all([this.#speakers, ...this.#viewers].map((some) => some.close()));
  }
}
