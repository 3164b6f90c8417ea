import type { ParticipantInfo } from '@livekit/protocol';
import type { ParticipantOutlet } from './outlet.ts';

/** What is told of one participant: to those who may know who it is, and to everybody else. */
export interface Views {
  readonly known: ParticipantInfo;
  readonly veiled: ParticipantInfo;
}

/** A participant, as far as telling goes. */
export interface Listener {
  readonly sid: string;
  readonly identity: string;
  readonly left: boolean;
  /** Their client's socket; undefined while it is away. */
  readonly outlet: ParticipantOutlet | undefined;
}

/** One of whom others are told; they may be at another node. */
export interface Announced<L extends Listener> {
  readonly sid: string;
  readonly views: Views;
  /** Whether a viewer may know who they are. */
  isKnownTo(viewer: L): boolean;
  /** Whether a viewer is told of them at all. */
  isSeenBy(viewer: L): boolean;
}

/** A room in which not everybody sees all whom others see. */
export interface SeenRoom<L extends Listener, S = L> extends ListeningRoom<L, S> {
  /** Those whom this viewer sees. */
  seenBy(viewer: L): Iterable<S>;
  /** Everybody who may see them, and some who do not; themselves, too. */
  audienceOf(about: S): Iterable<L>;
}

/** A room, as far as telling goes: who is told, and of whom. */
export interface ListeningRoom<L extends Listener, S = L> {
  readonly participants: Iterable<L> & { readonly size: number };
  /** Those whom others may see. */
  readonly publicParticipants: Iterable<S>;
}
