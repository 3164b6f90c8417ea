import type { ParticipantInfo } from '@livekit/protocol';
import type { ParticipantOutlet } from './outlet.ts';

/** A participant, as far as telling goes. */
export interface Listener {
  readonly sid: string;
  readonly identity: string;
  readonly left: boolean;
  /** What others may know of them. */
  readonly info: ParticipantInfo;
  /** Their client's socket; undefined while it is away. */
  readonly outlet: ParticipantOutlet | undefined;
}

/** A room, as far as telling goes. */
export interface ListeningRoom<L extends Listener> {
  readonly participants: Iterable<L> & { readonly size: number };
  /** Those whom others may see. */
  readonly publicParticipants: Iterable<L>;
}
