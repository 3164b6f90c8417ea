import { EventEmitter } from 'node:events';
import { Decoder, type Packet, PacketType } from 'socket.io-parser';
import { channelAuthSchema } from '../../../protocol/channel.ts';

const NAMESPACE = '/';
/** Equipment is what a device tells besides, and may be another one by then. */
const whoSchema = channelAuthSchema.omit({ equipment: true });

/**
 * CH6: reads what comes on one connection, which is one device's. The library lets in whoever asks, however many they are,
 * while the first of them is not in yet, and tells all of them everything on the same line.
 */
export class DeviceDecoder extends EventEmitter<{ decoded: [packet: Packet] }> {
  readonly #packets = new Decoder();
  /** Who has asked to be let in; undefined: nobody yet. */
  #who: string | undefined;
  #hasLeft = false;

  constructor() {
    super();
    this.#packets.on('decoded', (packet) => {
      if (this.#isNews(packet)) this.emit('decoded', packet);
    });
  }

  /** @throws Error what is no packet, or asks for somebody else: the library ends the connection (CH4) */
  add(said: unknown): void {
    this.#packets.add(said);
  }

  destroy(): void {
    this.#packets.destroy();
  }

  /** Pages of before ask again on the same connection while they wait: the answer to the first time is that to all. */
  #isNews({ type, nsp, data }: Packet): boolean {
    if (nsp !== NAMESPACE) return true;
    if (type === PacketType.DISCONNECT) this.#hasLeft = true;
    if (type !== PacketType.CONNECT) return true;
    const who = JSON.stringify(whoSchema.safeParse(data).data ?? data ?? null);
    const before = this.#who;
    this.#who = who;
    if (before === undefined) return true;
    if (before !== who || this.#hasLeft)
      throw new Error('this connection is of another device, or of one that has left');
    return false;
  }
}
