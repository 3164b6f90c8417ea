export type AttendanceLine = 'channel' | 'media';

/** AT1: a device came to, or left, one of its lines. */
export interface AttendanceEvent {
  /** The run of the node that saw it, and its number there: together they are its name. */
  readonly boot: string;
  readonly seq: number;
  readonly identity: string;
  readonly line: AttendanceLine;
  readonly kind: 'in' | 'out';
  /** Milliseconds since 1970, by the database's clock; so are all times here. */
  readonly at: number;
}

/** An event with its place, as it is written. */
export interface NewEvent extends AttendanceEvent {
  readonly briefing: string;
  readonly unit: string;
}

/** Time without a good line in one minute; the sum of one boot, written anew while the minute lasts. */
export interface WeakMinute {
  readonly briefing: string;
  readonly unit: string;
  readonly boot: string;
  /** Begin of the minute. */
  readonly minute: number;
  readonly ms: number;
}

/** AT3: until when everything that a boot saw is written, and whether more may come. */
export interface Boot {
  readonly aliveAt: number;
  readonly over: boolean;
}

/** A minute by its begin. */
export const MINUTE_MS = 60_000;
