import { type ParticipantInfo, TrackType, VideoQuality } from '@livekit/protocol';
import type { SignalConnection } from './signal.ts';

/** Which layer of all pictures a client asks for, of those that it knows and of each that comes. */
export class PictureChoice {
  readonly #pictures = new Set<string>();
  #quality: VideoQuality | undefined;
  #signal: SignalConnection | undefined;

  /** @param quality OFF: no pictures; undefined: it asks for nothing, and the server sends the highest layer */
  constructor(quality: VideoQuality | undefined) {
    this.#quality = quality;
  }

  /** @param participants as a `join` or an `update` names them */
  heard(signal: SignalConnection, participants: readonly ParticipantInfo[]): void {
    this.#signal = signal;
    const videos = participants.flatMap(({ tracks }) => tracks.filter(({ type }) => type === TrackType.VIDEO));
    const added = videos.map(({ sid }) => sid).filter((sid) => !this.#pictures.has(sid));
    for (const sid of added) this.#pictures.add(sid);
    this.#ask(added);
  }

  change(quality: VideoQuality): void {
    this.#quality = quality;
    this.#ask([...this.#pictures]);
  }

  #ask(trackSids: string[]): void {
    const quality = this.#quality;
    if (quality === undefined || trackSids.length === 0) return;
    const isOff = quality === VideoQuality.OFF;
    this.#signal?.send({ case: 'trackSetting', value: { trackSids, ...(isOff ? { disabled: true } : { quality }) } });
  }
}
