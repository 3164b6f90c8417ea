/** Facts of a participant that rooms with a tier tree decide on; they come from the token (`participantAttributes`). */
export interface Standing {
  readonly path: string;
  /** Officials see the green room. */
  readonly official: boolean;
}

/** Who sees whom: `open` is plain LiveKit (everyone sees everyone), `stage` is a briefing: audiences are invisible to each other. */
export type RoomPolicy = { readonly kind: 'open' } | { readonly kind: 'stage'; readonly stage: string };
