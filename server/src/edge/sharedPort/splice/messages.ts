/** When a splice is cut, ms. */
export interface SplicePatience {
  /**
   * The client has said nothing for so long. A living one asks for consent (RFC 7675) every few seconds, and pings a
   * pair that it does not use every 25 s.
   */
  readonly silentMs: number;
  /** It has taken nothing: what its worker sends waits in that worker's memory, and is too old by then. */
  readonly stalledMs: number;
}

/** From the server to a splice process. A `splice` comes with its socket, or without when the client is gone already. */
export type SpliceOrder =
  | { readonly order: 'splice'; readonly id: number; readonly port: number; readonly seen: Uint8Array }
  | { readonly order: 'end'; readonly id: number };

/** Why a splice ended: a side closed, the client said nothing for too long, or it takes nothing. */
export type SpliceEnd = 'closed' | 'silent' | 'stalled';

/** From a splice process to the server. */
export interface SpliceEnded {
  readonly ended: number;
  readonly why: SpliceEnd;
}
