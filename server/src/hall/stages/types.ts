import type { EventEmitter } from 'node:events';

/**
 * Where a participant of a briefing stands; ordered by the floor (`domain/floor`), held by the hall and applied again at each
 * (re)connect, whether or not the participant is there at the moment of the order.
 */
export interface StageOrder {
  readonly identity: string;
  /** audience: may publish nothing. green: may publish, seen by officials, a warm seat for the others. stage: on air. */
  readonly place: 'audience' | 'green' | 'stage';
  /** Hard mute at the SFU. */
  readonly muted: boolean;
}

/** Facts of a participant that rooms with a tier tree decide on; they come from the token (`participantAttributes`). */
export interface Standing {
  readonly path: string;
  /** Officials see the green room. */
  readonly official: boolean;
}

/** Who sees whom: `open` is plain LiveKit (everyone sees everyone), `stage` is a briefing: audiences are invisible to each other. */
export type RoomPolicy = { readonly kind: 'open' } | { readonly kind: 'stage'; readonly stage: string };

export interface ParticipantFacts {
  readonly room: string;
  readonly identity: string;
  readonly sid: string;
  readonly attributes: Readonly<Record<string, string>>;
}
export type ConnectionQuality = 'excellent' | 'good' | 'poor' | 'lost';

/** What the floor, presence and the office of links need of the hall. Every method is safe for rooms and identities that are not there. */
export interface Hall
  extends EventEmitter<{
    /** Media is connected (LiveKit ACTIVE). */
    active: [ParticipantFacts];
    /** The line of a participant dropped (socket or media); he may come back within the grace. */
    lineLost: [ParticipantFacts];
    lineBack: [ParticipantFacts];
    left: [ParticipantFacts & { readonly reason: string }];
    quality: [ParticipantFacts & { readonly quality: ConnectionQuality }];
  }> {
  /** Makes or reopens the room of a briefing with its policy and orders; idempotent. */
  openBriefing(room: string, stage: string, orders: readonly StageOrder[]): void;
  /** Places one participant; resolves when the SFU has it (his tracks on air, or closed). */
  order(room: string, order: StageOrder): Promise<void>;
  /** Puts out one identity, with `Leave{PARTICIPANT_REMOVED}`. */
  remove(room: string, identity: string): Promise<void>;
  /** Ends the room: everyone gets `Leave{ROOM_DELETED}`. */
  closeBriefing(room: string): Promise<void>;
  /** Those connected now, for a presence snapshot. */
  participants(
    room: string,
  ): readonly (ParticipantFacts & { readonly active: boolean; readonly quality: ConnectionQuality })[];
}
