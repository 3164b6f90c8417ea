import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { Codec } from '@livekit/protocol';
import type { SfuRoom } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import type { KnownLines } from './KnownLines.ts';
import type { Pacer } from './Pacer.ts';

/**
 * What the parts of one live room work with. What happens in the room, and who is in it, they are told by the room
 * itself.
 */
export interface RoomContext {
  readonly name: string;
  /** Names the room in each line. */
  readonly log: Logger;
  readonly config: SfuConfig;
  readonly sfu: SfuRoom;
  /** What clients may publish; the first video codec is what they fall back to. */
  readonly codecs: readonly Codec[];
  /** Offers of all rooms of this node. */
  readonly pacer: Pacer;
  /** What was learned of viewers' lines, in all rooms. */
  readonly lines: KnownLines;
}
