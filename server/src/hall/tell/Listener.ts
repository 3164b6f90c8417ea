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

/** A room in which not everybody sees all whom others see. */
export interface SeenRoom<L extends Listener> extends ListeningRoom<L> {
  /** Those whom this viewer sees. */
  seenBy(viewer: L): Iterable<L>;
}

/** A room, as far as telling goes. */
export interface ListeningRoom<L extends Listener> {
  readonly participants: Iterable<L> & { readonly size: number };
  /** Those whom others may see. */
  readonly publicParticipants: Iterable<L>;
}
