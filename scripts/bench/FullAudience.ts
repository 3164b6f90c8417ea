import { VideoQuality } from '@livekit/protocol';
import { Bots } from '../load/Bots.ts';
import type { SpeakerState, Taste, ViewerState } from '../load/protocol.ts';
import type { Account } from '../load/signal.ts';
import { DEAF_ADDRESS } from './deafness.ts';

export type Moment = 'soundSince' | 'pictureSince';

/** How many viewers come, and how many of them are measured. */
interface AudienceSize {
  readonly viewers: number;
  /** 0: all, and none of them goes before others. */
  readonly witnesses: number;
}

/**
 * Viewers in several processes that yield to the server, and the speakers whom they watch in one that does not. Witnesses
 * are viewers like the others, evenly among them as they come, in processes that go before all others; so do the speakers
 * then. Others than they can be made deaf.
 */
export class FullAudience {
  readonly #account: Account;
  readonly #share: number;
  readonly #speakers: Bots;
  /** Who is measured. */
  readonly #witnesses: Bots[] = [];
  readonly #crowd: Bots[] = [];
  #sids: readonly string[] = [];
  readonly #lateMs = { witnesses: 0, crowd: 0 };

  constructor(account: Account, { viewers, witnesses }: AudienceSize) {
    this.#account = account;
    this.#share = witnesses === 0 ? 1 : Math.min(1, witnesses / viewers);
    this.#speakers = Bots.speakers({ leads: this.#share < 1 });
  }

  /** @param pace of the recorded frames a second so many are sent, 0..1 */
  async stand(count: number, pace: number): Promise<void> {
    const accounts = Array.from({ length: count }, () => this.#account);
    await this.#speakers.stand(accounts, pace);
    this.#sids = (await this.#speakers.snapshot()).speakers.map(({ sid }) => sid);
  }

  /** So many more come, in processes of their own. */
  async add(count: number, perSecond: number, returns: Taste['returns']): Promise<void> {
    const witnesses = Math.round(count * this.#share);
    const come = async (to: Bots[], many: number, account: Account, taste: Taste): Promise<void> => {
      if (many === 0) return;
      const own = {
        quality: VideoQuality.LOW,
        returns: typeof returns === 'number' ? (returns * many) / count : returns,
      };
      to.push(await Bots.viewers(account, many, (perSecond * many) / count, { ...own, ...taste }));
    };
    const first = this.#share < 1 ? { leads: true } : { yields: true };
    await Promise.all([
      come(this.#witnesses, witnesses, this.#account, first),
      come(this.#crowd, count - witnesses, { ...this.#account, bindAddress: DEAF_ADDRESS }, { yields: true }),
    ]);
  }

  /** @throws Error when a speaker is no longer there */
  async read(): Promise<ViewerState[]> {
    return [...(await this.readWitnesses()), ...(await this.readCrowd())];
  }

  /** Those who are measured, or all. @throws Error when a speaker is no longer there */
  async readWitnesses(): Promise<ViewerState[]> {
    const gone = (await this.readSpeakers()).filter(({ failure }) => failure !== undefined);
    if (gone.length === this.#sids.length) throw new Error(`no speaker is there any more: ${gone[0]?.failure}`);
    return this.#read('witnesses', this.#witnesses);
  }

  readCrowd(): Promise<ViewerState[]> {
    return this.#read('crowd', this.#crowd);
  }

  async readSpeakers(): Promise<readonly SpeakerState[]> {
    return (await this.#speakers.snapshot()).speakers;
  }

  /** How late timers of the viewers' processes were at most since this was asked last, ms: what they notice is as late. */
  takeLateMs(): { readonly witnesses: number; readonly crowd: number } {
    const lateMs = { ...this.#lateMs };
    Object.assign(this.#lateMs, { witnesses: 0, crowd: 0 });
    return lateMs;
  }

  /** Since when a viewer has the picture or the sound of that speaker, ms since 1970; 0: they have not. */
  since(viewer: ViewerState, speaker: number, moment: Moment): number {
    return viewer.seen.find(({ sid }) => sid === this.#sids[speaker])?.[moment] ?? 0;
  }

  async close(): Promise<void> {
    await Promise.all([this.#speakers, ...this.#witnesses, ...this.#crowd].map((some) => some.close()));
  }

  async #read(who: 'witnesses' | 'crowd', bots: readonly Bots[]): Promise<ViewerState[]> {
    const all = await Promise.all(bots.map((some) => some.snapshot()));
    this.#lateMs[who] = Math.max(this.#lateMs[who], ...all.map(({ lateMs }) => lateMs));
    return all.flatMap(({ viewers }) => viewers);
  }
}
