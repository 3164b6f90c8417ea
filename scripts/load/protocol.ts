import type { VideoQuality } from '@livekit/protocol';
import type { Account } from './signal.ts';
import type { JoinTimes } from './ViewerBot.ts';
import type { LineReports } from './ViewerConnection.ts';

/** What the command tells its processes; by IPC, since a secret on a command line can be read by everybody. */
export type Order =
  /** `pace`: of the recorded frames a second so many are sent, 0..1; without: all. */
  | { type: 'publish'; account: Account; pace?: number | undefined }
  | { type: 'view'; account: Account; count: number; perSecond: number; taste: Taste }
  | { type: 'stand'; accounts: readonly Account[]; pace?: number | undefined }
  /** All viewers ask for another layer; OFF: sound alone. */
  | { type: 'watch'; quality: VideoQuality }
  | { type: 'snapshot' }
  | { type: 'stop' };

/** How viewers watch. */
export interface Taste {
  /** Which layer they ask for, OFF: sound alone; without: they ask for nothing, and get the highest. */
  readonly quality?: VideoQuality | undefined;
  /** Share of the packets that never come to them, 0..1. */
  readonly loss?: number | undefined;
  /** So many a second join anew of those who were put out, or each by its own clock, as pages do; without: nobody does. */
  readonly returns?: number | 'as pages' | undefined;
  /** They take what CPU the server leaves them, as if they were on machines of their own; without: as much as it. */
  readonly yields?: boolean | undefined;
  /** They go before all others, as if they were on machines of their own, where that is permitted. */
  readonly leads?: boolean | undefined;
}

export type Report = { type: 'ready' } | { type: 'snapshot'; snapshot: Snapshot } | { type: 'failed'; message: string };

/** Totals over one process of viewers. */
export interface Snapshot {
  readonly viewers: readonly ViewerState[];
  /** Those who stand where they are put, in the order of their accounts. */
  readonly speakers: readonly SpeakerState[];
  /** CPU of this process since its start. */
  readonly cpuSeconds: number;
  /** How late its own timers were at most since the last snapshot, ms: what it measures may be as late by itself. */
  readonly lateMs: number;
}

export interface ViewerState {
  readonly times: JoinTimes;
  /** How often they have joined anew; the rest is of their newest connection. */
  readonly returns: number;
  /** When they began, in ms after the first one. */
  readonly startedAt: number;
  readonly failure: string | undefined;
  /** When their media stood, ms since 1970. */
  readonly connectedAt: number | undefined;
  /** How many offers came. */
  readonly offers: number;
  /** When the last one came, ms since 1970. */
  readonly offeredAt: number | undefined;
  /** When the last answer went out, likewise. */
  readonly answeredAt: number | undefined;
  readonly seen: readonly SeenState[];
  /** When a key frame was last complete, ms since 1970. */
  readonly keyFrameAt: number | undefined;
  readonly reports: LineReports;
  readonly packets: number;
  /** Of the picture and of sound. */
  readonly frames: number;
  readonly expected: number;
  readonly recovered: number;
  /** How often they asked for a whole picture. */
  readonly pictureRequests: number;
  readonly bytes: number;
  /** Between two packets of one stream, since the last snapshot. */
  readonly longestPauseMs: number;
  readonly sound: SoundState;
}

/** One who publishes as soon as the server lets them; moments are ms since 1970. */
export interface SpeakerState {
  readonly sid: string;
  readonly failure: string | undefined;
  /** When they might publish. */
  readonly allowedAt: number | undefined;
  /** When their first packet went out; 0: none has. */
  readonly sendingSince: number;
  /** When whole pictures went out. */
  readonly keyFramesAt: readonly number[];
}

/** What comes of one participant; moments are ms since 1970. */
export interface SeenState {
  readonly sid: string;
  /** Since when sound comes without a break. */
  readonly soundSince: number | undefined;
  /** Since when the picture is whole. */
  readonly pictureSince: number | undefined;
}

/** The sound alone, as a listener would notice. */
export interface SoundState {
  readonly packets: number;
  readonly expected: number;
  /** Packets that came too late for a browser's jitter buffer. */
  readonly late: number;
  /** Without any packet, since the last snapshot; also when it has not ended yet. */
  readonly longestPauseMs: number;
}
