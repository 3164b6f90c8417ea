/** What a commune's page does one after the other, until its people see and hear. */
export const parts = ['tls', 'page', 'session', 'join', 'channel', 'signalling'] as const;
export type Part = (typeof parts)[number];

/** What a page of a commune asks for, as a browser did: paths in their order. */
export interface Asked {
  /** Of HTTP, at one time. */
  readonly connections: number;
  readonly files: readonly string[];
  /** Of the API, before it asks to be let in. */
  readonly questions: readonly string[];
}

/** Bytes of one answer of HTTP, and what it is. */
export interface Said {
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  readonly encoding: string | undefined;
}

/** What one commune was answered on its way: what the bare server answers as well. */
export interface Script {
  readonly answers: readonly Said[];
  /** Sizes of the notices that its order channel began with. */
  readonly notices: readonly number[];
  /** Of signalling: how many offers, and bytes there and back. */
  readonly offers: number;
  readonly down: number;
  readonly up: number;
}

export interface Ground {
  /** https:// */
  readonly url: string;
  readonly briefing: string;
  readonly asked: Asked;
  /** Without: the server is ours. */
  readonly script?: Script | undefined;
}

export type Order =
  /** @property nr of this process */
  | { readonly type: 'ground'; readonly ground: Ground; readonly secrets: readonly string[]; readonly nr: number }
  /** So many of those who are there, in their order, do one part each. */
  | { readonly type: 'part'; readonly part: Part; readonly count: number; readonly perSecond: number }
  /** So many others come, and do all of it. */
  | { readonly type: 'come'; readonly count: number; readonly perSecond: number }
  | { readonly type: 'script' }
  | { readonly type: 'leave' }
  | { readonly type: 'stop' };

/** How it went for each who came. */
export interface Came {
  /** Until they heard somebody, ms; undefined: they did not get there. */
  readonly ms: readonly (number | undefined)[];
  readonly failures: readonly string[];
  /** By how much the loop of the bots was late, ms. */
  readonly lateP99Ms: number;
  readonly cpuSeconds: number;
}

export type Report =
  | { readonly type: 'done' }
  | { readonly type: 'came'; readonly came: Came }
  | { readonly type: 'script'; readonly script: Script }
  | { readonly type: 'failed'; readonly message: string };
