import type { DisconnectReason, ParticipantPermission } from '@livekit/protocol';
import type { PictureCap } from '../../domain/shared/stage.ts';
import type { StageRelation } from '../../domain/shared/stages.ts';
import type { SfuPeer } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Publisher } from '../publish/Publisher.ts';
import type { ClientDescription } from '../shared/JoinRequest.ts';
import type { Mailbox } from '../shared/Mailbox.ts';
import type { Standing } from '../stages/places.ts';
import type { LeaveAction, ParticipantOutlet } from '../tell/outlet.ts';
import type { Viewing } from './Viewing.ts';

/** A participant, as far as what they receive is concerned. */
export interface Subscriber {
  readonly sid: string;
  readonly identity: string;
  readonly left: boolean;
  readonly permission: ParticipantPermission;
  readonly standing: Standing;
  readonly client: ClientDescription;
  readonly outlet: ParticipantOutlet | undefined;
  readonly log: Logger;
  readonly mailbox: Mailbox;
  readonly peer: Pick<SfuPeer, 'subscriber' | 'subscribe'>;
  readonly viewing: Viewing;
  readonly room: {
    readonly showing: {
      /** Those whom anybody sees. */
      readonly publicParticipants: ReadonlySet<Publisher>;
      seenBy(viewer: { readonly identity: string; readonly standing: Standing }): Iterable<Publisher>;
      /** What the stage on which somebody stands is to a viewer. */
      relationTo(viewer: { readonly identity: string; readonly standing: Standing }, to: Publisher): StageRelation;
    };
    /** What is forwarded of their camera at most. */
    capOf(publisher: Publisher): PictureCap | undefined;
  };
  leave(reason: DisconnectReason, action: LeaveAction): void;
}
