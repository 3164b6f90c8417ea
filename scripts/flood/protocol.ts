/** Where the server under attack is, and what somebody who attacks it may have: told by IPC, never on a command line. */
export interface Place {
  /** Of loopback, always. */
  readonly url: string;
  /** The briefing. */
  readonly room: string;
  /** An API key, which opens rooms that are no briefing's. */
  readonly key: string;
  readonly secret: string;
  /** Of the principal's device, which is on stage. */
  readonly speaker: string;
  /** A link each for the viewers. */
  readonly viewers: readonly string[];
  /** Links of seats that have gone over to the attacker. */
  readonly gone: readonly string[];
}

/** What the server has spent and holds at one moment. */
export interface ServerState {
  readonly at: number;
  /** CPU seconds so far; `rest` is everything else that the server has started: stores, and what carries media over TCP. */
  readonly cpu: { readonly node: number; readonly workers: number; readonly rest: number };
  /** How late timers of the server's own thread were since this was asked before, ms. */
  readonly lateMs: { readonly p99: number; readonly max: number };
  readonly memoryMb: { readonly node: number; readonly all: number };
  /** TCP connections to the page's port now. */
  readonly connections: number;
  readonly participants: number;
  /** What became of connections to the page's port so far (`dh_port_connections`). */
  readonly outcomes: Readonly<Record<string, number>>;
}

export type TargetOrder = { readonly type: 'start'; readonly viewers: number } | { readonly type: 'state' };

export interface AttackOrder {
  readonly name: string;
  readonly seconds: number;
  readonly place: Place;
}

/** What an attack did, and what it saw of the server, each counted. */
export type AttackReport = Readonly<Record<string, number>>;
