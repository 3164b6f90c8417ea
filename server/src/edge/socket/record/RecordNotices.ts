import type { RecordRoom } from '../../../domain/record/RecordRoom.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** SV16: tells every page whether anything can be recorded now. */
export class RecordNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #room: RecordRoom;
  readonly #onChanged: (writable: boolean) => void;

  constructor({ io }: Pick<ChannelContext, 'io'>, room: RecordRoom) {
    this.#room = room;
    this.#onChanged = (writable) => tell(io.local, 'record', { writable });
    room.on('changed', this.#onChanged);
  }

  welcome(socket: ChannelSocket): void {
    if (!this.#room.isWritable) tell(socket, 'record', { writable: false });
  }

  close(): void {
    this.#room.off('changed', this.#onChanged);
  }
}
