import type { ReceiverBlock, SenderReport } from './rtcp.ts';
import { type RtpPacket, readVp8 } from './rtp.ts';

/** libwebrtc asks ten times at most, and not again before a round trip has passed. */
const MAX_NACKS = 10;
const NACK_INTERVAL_MS = 40;
/** How long a receiver waits for a key frame before it asks for one, first and again. */
const FIRST_PLI_MS = 200;
const NEXT_PLI_MS = 1000;
const MAX_GAP = 1000;
/** What nothing has come of for so long was not being sent. */
const SILENCE_MS = 500;
/** Later than the quickest packet by more than this is beyond what a browser's jitter buffer holds without stretching sound. */
const LATE_MS = 200;

/** One incoming stream: numbers for receiver reports, gaps to ask again for, and when a picture could first be decoded. */
export class StreamReceiver {
  readonly ssrc: number;
  readonly kind: 'audio' | 'video';
  packets = 0;
  /** Whole ones of the picture by their last packet, and pieces of sound. */
  frames = 0;
  bytes = 0;
  /** Packets that a repeated request brought back. */
  recovered = 0;
  keyFrames = 0;
  /** How often it asked for a whole picture. */
  pictureRequests = 0;
  /** ms of the clock when the first frame was complete (video: the first key frame). */
  firstFrameAt: number | undefined;
  /** The same of the last key frame. */
  keyFrameAt: number | undefined;
  /** When it began to come, or came again after a silence. */
  flowsSince: number | undefined;
  /** When the first key frame since then was whole. */
  shownSince: number | undefined;
  /** Packets that came LATE_MS later than the quickest one would have. */
  late = 0;
  #quickest = Number.POSITIVE_INFINITY;
  #lastPacketAt: number | undefined;
  #longestPauseMs = 0;
  readonly #clockRate: number;
  readonly #startedAt: number;
  #base: number | undefined;
  #highest = 0;
  #transit = 0;
  #jitter = 0;
  #reported = { expected: 0, packets: 0 };
  #sender: { lsr: number; at: number } | undefined;
  readonly #missing = new Map<number, { asked: number; at: number }>();
  /** The key frame that is coming in: its packets so far, and its last one once that is known. */
  #keyFrame: { first: number; timestamp: number; came: Set<number>; last: number | undefined } | undefined;
  #waiting: boolean;
  #askedForKeyAt: number | undefined;

  constructor(ssrc: number, kind: 'audio' | 'video', now: number) {
    this.ssrc = ssrc;
    this.kind = kind;
    this.#clockRate = kind === 'audio' ? 48_000 : 90_000;
    this.#startedAt = now;
    this.#waiting = kind === 'video';
  }

  /** Packets that should have come, by their numbers. */
  get expected(): number {
    return this.#base === undefined ? 0 : this.#highest - this.#base + 1;
  }

  /** Whether what comes can be shown: there was a whole key frame, and nothing was given up for lost since. */
  get isWhole(): boolean {
    return !this.#waiting && this.#base !== undefined;
  }

  /** The newest, beyond 16 bits. */
  get highestSequence(): number {
    return this.#highest;
  }

  /** The last report of its sender, and when it came. */
  get heard(): { readonly lsr: number; readonly at: number } | undefined {
    return this.#sender;
  }

  /** How long nothing has come. */
  silentMs(now: number): number {
    return now - (this.#lastPacketAt ?? this.#startedAt);
  }

  /** Longest time between two packets since this was asked last. */
  takeLongestPause(): number {
    const longest = this.#longestPauseMs;
    this.#longestPauseMs = 0;
    return longest;
  }

  received(packet: RtpPacket, now: number): void {
    this.#longestPauseMs = Math.max(this.#longestPauseMs, now - (this.#lastPacketAt ?? now));
    if (this.#lastPacketAt === undefined || now - this.#lastPacketAt > SILENCE_MS) {
      this.flowsSince = now;
      this.shownSince = undefined;
    }
    this.#lastPacketAt = now;
    this.packets += 1;
    if (this.kind === 'audio' || packet.marker) this.frames += 1;
    this.bytes += packet.payload.length;
    if (this.#base === undefined) {
      this.#base = packet.sequence;
      this.#highest = packet.sequence - 1;
    }
    const ahead = ((packet.sequence - this.#highest + 0x8000) & 0xffff) - 0x8000;
    const sequence = this.#highest + ahead;
    if (ahead > 0 && ahead < MAX_GAP) {
      for (let s = this.#highest + 1; s < sequence; s++)
        this.#missing.set(s, { asked: 0, at: Number.NEGATIVE_INFINITY });
      this.#highest = sequence;
    } else if (ahead >= MAX_GAP) {
      // Another source took the stream over: what lies between was never sent.
      this.#base += sequence - 1 - this.#highest;
      this.#highest = sequence;
      this.#missing.clear();
    } else if (this.#missing.delete(sequence)) this.recovered += 1;
    this.#measureJitter(packet, now);
    if (packet.payload.length > 0) this.#watchFrames(packet, sequence, now);
  }

  senderReport(report: SenderReport, now: number): void {
    this.#sender = { lsr: report.lsr, at: now };
  }

  /** For the next receiver report; the fraction is since the last one. */
  block(now: number): ReceiverBlock {
    const { expected } = this;
    const due = expected - this.#reported.expected;
    const came = this.packets - this.#reported.packets;
    this.#reported = { expected, packets: this.packets };
    return {
      ssrc: this.ssrc,
      fractionLost: due <= 0 || came >= due ? 0 : Math.floor(((due - came) * 256) / due),
      totalLost: expected - this.packets,
      highestSequence: this.#highest,
      jitter: Math.round(this.#jitter),
      lsr: this.#sender?.lsr ?? 0,
      delay: this.#sender ? Math.round(((now - this.#sender.at) / 1000) * 65_536) : 0,
    };
  }

  /** Sequence numbers to ask for now. */
  nacks(now: number): number[] {
    const ask: number[] = [];
    for (const [sequence, state] of this.#missing) {
      if (now - state.at < NACK_INTERVAL_MS) continue;
      if (state.asked === MAX_NACKS) {
        // Given up: only a key frame helps now.
        this.#missing.delete(sequence);
        if (this.kind === 'video') this.#waiting = true;
        continue;
      }
      state.asked += 1;
      state.at = now;
      ask.push(sequence & 0xffff);
    }
    return ask;
  }

  /** Whether a key frame has to be asked for now. */
  wantsKeyFrame(now: number): boolean {
    if (!this.#waiting || this.#base === undefined) return false;
    const wait = this.#askedForKeyAt === undefined ? FIRST_PLI_MS : NEXT_PLI_MS;
    if (now - (this.#askedForKeyAt ?? this.#startedAt) < wait) return false;
    this.#askedForKeyAt = now;
    this.pictureRequests += 1;
    return true;
  }

  #measureJitter(packet: RtpPacket, now: number): void {
    const transit = (now * this.#clockRate) / 1000 - packet.timestamp;
    this.#quickest = Math.min(this.#quickest, transit);
    if (transit - this.#quickest > (LATE_MS * this.#clockRate) / 1000) this.late += 1;
    if (this.packets > 1) {
      const difference = Math.abs(transit - this.#transit);
      // A new source has another clock, which is no jitter.
      if (difference < this.#clockRate) this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  #watchFrames(packet: RtpPacket, sequence: number, now: number): void {
    if (this.kind === 'audio') {
      this.firstFrameAt ??= now;
      return;
    }
    if (readVp8(packet.payload)?.key && this.#keyFrame?.first !== sequence) {
      this.keyFrames += 1;
      this.#keyFrame = { first: sequence, timestamp: packet.timestamp, came: new Set(), last: undefined };
    }
    const frame = this.#keyFrame;
    if (frame?.timestamp !== packet.timestamp || sequence < frame.first) return;
    frame.came.add(sequence);
    if (packet.marker) frame.last = sequence;
    if (frame.last === undefined || frame.came.size <= frame.last - frame.first) return;
    this.firstFrameAt ??= now;
    this.keyFrameAt = now;
    this.shownSince ??= now;
    this.#keyFrame = undefined;
    this.#waiting = false;
    this.#askedForKeyAt = undefined;
  }
}
