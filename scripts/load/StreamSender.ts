import type { IvfFile } from './ivf.ts';
import { senderReport } from './rtcp.ts';
import { vp8Descriptor, writeRtp } from './rtp.ts';

const MAX_PAYLOAD = 1150;
/** Encoders answer repeated requests for key frames at most this often. */
const KEY_FRAME_MS = 300;
const HISTORY = 1024;
/** Temporal layers come in groups of so many frames. */
const GROUP = 4;
/** Opus says nothing in frames of at most so many bytes: they are not sent, since each would go to hundreds of listeners. */
const SILENCE_BYTES = 40;

export interface SenderOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockRate: number;
  /** Header extensions that are the same on every packet. */
  readonly extensions: readonly (readonly [id: number, value: Buffer])[];
  /** Each round of what is recorded begins with its whole picture, so that no fault of the round before stays. */
  readonly isLoopWhole?: boolean | undefined;
  /** Between two frames as they were recorded, ms; the file's own rate may be a part of that. */
  readonly recordedEveryMs: number;
  /** Header extension of the transport-wide number, and who counts. */
  readonly transportCc: { readonly id: number; next(): number };
  send(packet: Buffer): void;
}

/**
 * Sends one recorded stream in its own time, again and again. Video begins with its key frame and then leaves it out,
 * as encoders do, until somebody asks for one.
 */
export class StreamSender {
  enabled = true;
  packets = 0;
  keyFrames = 0;
  /** When they went out, ms of the clock. */
  readonly keyFramesAt: number[] = [];
  /** When it was asked for whole pictures, ms of the clock. */
  readonly pictureRequests: number[] = [];
  readonly ssrc: number;
  readonly #file: IvfFile;
  readonly #options: SenderOptions;
  readonly #sent = new Map<number, Buffer>();
  readonly #baseTimestamp = Math.floor(Math.random() * 2 ** 31);
  #startedAt: number | undefined;
  /** The same as far as frames are due by it. */
  #dueFrom = 0;
  /** Since when a whole picture is asked for, ms of the clock. */
  #askedAt: number | undefined;
  /** Frames since the start, which gives the time of the next one. */
  #frames = 0;
  /** Frames of the lowest temporal layer. */
  #baseFrames = 0;
  #position = 0;
  /** The frames that are sent, by index: the first of them, and the one after the last. */
  #part: readonly [number, number];
  #isSilent = false;
  #sequence = Math.floor(Math.random() * 30_000);
  #bytes = 0;
  #keyAt = Number.NEGATIVE_INFINITY;
  #wantsKey = true;

  constructor(file: IvfFile, options: SenderOptions) {
    this.#file = file;
    this.#options = options;
    this.ssrc = options.ssrc;
    this.#part = [0, file.frames.length];
  }

  /** Goes on with that part of the recording at once, again and again; it begins with a whole picture. Times in seconds. */
  play(from: number, to: number): void {
    const { fps, frames } = this.#file;
    this.#part = [Math.round(from * fps), Math.min(frames.length, Math.round(to * fps))];
    this.#position = this.#part[0];
  }

  /** Sends every frame that is due. @param now ms of a monotonic clock */
  tick(now: number): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = now;
      this.#dueFrom = now;
    }
    this.#hasten();
    for (;;) {
      const at = this.#due;
      if (at > now) return;
      this.#frames += 1;
      if (this.enabled) this.#sendFrame(at);
    }
  }

  /** For sending again with the next frame, of the rate that was recorded. */
  requestKeyFrame(): void {
    const now = performance.now();
    this.pictureRequests.push(now);
    this.#askedAt ??= now;
    this.#wantsKey = true;
  }

  get #due(): number {
    return this.#dueFrom + (this.#frames * 1000) / this.#file.fps;
  }

  /** A slow pace saves packets: an encoder that is asked for a whole picture makes it of what its camera sees next. */
  #hasten(): void {
    if (this.#askedAt === undefined || !this.enabled) return;
    const soonest = Math.max(this.#askedAt + this.#options.recordedEveryMs, this.#keyAt + KEY_FRAME_MS);
    this.#dueFrom -= Math.max(0, this.#due - soonest);
  }

  setEnabled(enabled: boolean): void {
    if (enabled && !this.enabled) this.#wantsKey = true;
    this.enabled = enabled;
  }

  repeat(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const packet = this.#sent.get(sequence);
      if (packet) this.#options.send(packet);
    }
  }

  /** @param now as for `tick`; @param wallClock ms since 1970 of the same moment */
  report(now: number, wallClock: number, cname: string): Buffer | undefined {
    if (this.#startedAt === undefined || this.packets === 0) return undefined;
    const timestamp = this.#timestamp(now);
    return senderReport(this.ssrc, { now: wallClock, timestamp, packets: this.packets, bytes: this.#bytes, cname });
  }

  #timestamp(at: number): number {
    return (this.#baseTimestamp + Math.round(((at - (this.#startedAt ?? at)) * this.#options.clockRate) / 1000)) >>> 0;
  }

  #sendFrame(at: number): void {
    const { frames, fourcc, temporal } = this.#file;
    const afterKey = temporal ? GROUP : 1;
    const video = fourcc === 'VP80';
    const [first, end] = this.#part;
    if (this.#position >= end) this.#position = video && !this.#options.isLoopWhole ? first + afterKey : first;
    if (video && this.#wantsKey && at - this.#keyAt >= KEY_FRAME_MS) this.#position = first;
    if (video && this.#position === first) {
      this.#keyAt = at;
      this.#wantsKey = false;
      this.#askedAt = undefined;
      this.keyFrames += 1;
      this.keyFramesAt.push(performance.now());
    }
    const nr = this.#position++;
    const frame = frames[nr];
    if (!frame) return;
    if (!video) {
      this.#sendSound(at, frame);
      return;
    }
    const layer = temporal?.[nr] ?? 0;
    if (layer === 0) this.#baseFrames += 1;
    for (let offset = 0; offset < frame.length; offset += MAX_PAYLOAD) {
      const last = offset + MAX_PAYLOAD >= frame.length;
      const part = frame.subarray(offset, offset + MAX_PAYLOAD);
      const payload = [vp8Descriptor(offset === 0, this.#frames, this.#baseFrames, layer), part];
      this.#send(this.#timestamp(at), last, payload);
    }
  }

  #sendSound(at: number, frame: Buffer): void {
    const isSilent = frame.length <= SILENCE_BYTES;
    const wasSilent = this.#isSilent;
    this.#isSilent = isSilent;
    if (!isSilent) this.#send(this.#timestamp(at), wasSilent, [frame]);
  }

  #send(timestamp: number, marker: boolean, payload: readonly Buffer[]): void {
    const { ssrc, payloadType, extensions, transportCc, send } = this.#options;
    const number = Buffer.alloc(2);
    number.writeUInt16BE(transportCc.next() & 0xffff);
    const sequence = this.#sequence++ & 0xffff;
    const withNumber = [...extensions, [transportCc.id, number] as const];
    const packet = writeRtp({ payloadType, marker, sequence, timestamp, ssrc, extensions: withNumber, payload });
    this.#sent.set(sequence, packet);
    this.#sent.delete((sequence - HISTORY) & 0xffff);
    this.packets += 1;
    this.#bytes += packet.length;
    send(packet);
  }
}
