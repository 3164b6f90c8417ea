import type { Receipt } from '../../server/src/protocol/record.ts';

/** A device that connects: how it proves itself. */
export interface DeviceAuth {
  readonly token: string;
  readonly briefing: string;
  readonly identity: string;
}

/** What a process of devices is told; by IPC, since secrets on a command line can be read by everybody. */
export type DeviceOrder =
  | {
      readonly type: 'connect';
      readonly url: string;
      readonly devices: readonly DeviceAuth[];
      readonly perSecond: number;
    }
  /**
   * Answers the next round, each device at some moment within `spreadMs` of its prompt, and repeats until it is acknowledged;
   * with some number up to `mostNumber`, where that is given.
   */
  | { readonly type: 'answer'; readonly spreadMs: number; readonly mostNumber?: number | undefined }
  | { readonly type: 'progress' }
  | { readonly type: 'results' }
  | { readonly type: 'stop' };

export type DeviceReport =
  | { readonly type: 'connected'; readonly count: number }
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly prompted: number; readonly acknowledged: number; readonly connected: number }
  | { readonly type: 'results'; readonly results: readonly DeviceResult[] }
  | { readonly type: 'failed'; readonly message: string };

/** One device in one round; moments in milliseconds since 1970. */
export interface DeviceResult {
  readonly identity: string;
  readonly key: string;
  readonly promptedAt: number | undefined;
  /** When it sent its answer first. */
  readonly sentAt: number | undefined;
  readonly acknowledgedAt: number | undefined;
  /** How often it sent it. */
  readonly tries: number;
  /** The bare server gives none. */
  readonly receipt: Receipt | undefined;
  readonly refusal: string | undefined;
}

/** Milliseconds since 1970, with fractions; the same clock in all processes of a machine. */
export const wallClock = (): number => performance.timeOrigin + performance.now();
