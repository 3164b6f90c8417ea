import type { ParticipantPermission } from '@livekit/protocol';
import type { Excess } from '../../domain/shared/stage.ts';
import type { SfuPeer } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Mailbox } from '../shared/Mailbox.ts';
import type { RoomPlace, Standing } from '../stages/places.ts';
import type { ParticipantOutlet } from '../tell/outlet.ts';
import type { Publication } from './Publication.ts';
import type { Publishing } from './Publishing.ts';

/** Whose tracks are to be had: a participant of this node, or of another. */
export interface Publisher {
  readonly sid: string;
  readonly identity: string;
  readonly left: boolean;
  readonly place: RoomPlace;
  readonly standing: Standing;
  readonly publications: ReadonlyMap<string, Publication>;
  /** Their client's socket, where it is at this node. */
  readonly outlet: ParticipantOutlet | undefined;
  /** Whether they let this viewer have that track. */
  allows(viewer: { readonly sid: string; readonly identity: string }, trackSid: string): boolean;
}

/** A participant who publishes at this node, as far as their tracks are concerned. */
export interface LocalPublisher extends Publisher {
  readonly permission: ParticipantPermission;
  /** Their sound is held muted, by the floor or by a card. */
  readonly isHardMuted: boolean;
  /** A card silences the stage on which they stand. (PN15) */
  readonly isSilenced: boolean;
  readonly log: Logger;
  readonly mailbox: Mailbox;
  readonly peer: Pick<SfuPeer, 'openPublisher' | 'publish'>;
  readonly publishing: Publishing;
  /** Something that others see changed. */
  touch(): void;
  published(publication: Publication): void;
  unpublished(publication: Publication): void;
  /** They sent more than the settings allow. */
  exceeds(what: Excess): void;
  /** They changed who may have their tracks. */
  rulesChanged(): void;
}
