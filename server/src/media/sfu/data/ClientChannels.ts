import type { types as ms } from 'mediasoup';
import type { DataChannelKind } from '../types.ts';
import {
  type DataChannelContext,
  type DataChannels,
  labels,
  receivingSide,
  SECOND_CHANNEL_MS,
  sendingSide,
} from './channels.ts';
import { ack, type ChannelOpen, parseOpen, ppid } from './dcep.ts';
import { Outgoing } from './Outgoing.ts';

/** LiveKit's clients open three channels. */
const STREAMS = { client: [0, 2, 4], server: [1, 3, 5] } as const;
/** OPENs travel on streams of their own, so a lost packet can turn them round; after this time a gap is filled. */
const GAP_MS = 500;

/**
 * Channels that the client creates on its publisher connection. The label of the DCEP OPEN says which stream is which;
 * ours are created in the order of the ids, with fillers for those that the client does not use.
 */
export class ClientChannels implements DataChannels {
  readonly #context: DataChannelContext;
  readonly #streams: readonly number[];
  readonly #opens = new Map<number, ChannelOpen>();
  readonly #outgoing = new Map<DataChannelKind, Outgoing>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Our sending sides of streams that were passed over. */
  readonly #filled = new Map<number, Promise<ms.DataConsumer>>();
  /** How many of the streams have our sending side, or are getting it. */
  #arranged = 0;
  #isOpen = false;

  static async create(context: DataChannelContext): Promise<ClientChannels> {
    const channels = new ClientChannels(context);
    await Promise.all(
      channels.#streams.map((stream) =>
        receivingSide(context, stream, (message, id) => channels.#received(stream, message, id)),
      ),
    );
    return channels;
  }

  private constructor(context: DataChannelContext) {
    this.#context = context;
    this.#streams = STREAMS[context.clientRole];
    context.transport.observer.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer);
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  outgoing(kind: DataChannelKind): Outgoing | undefined {
    return this.#outgoing.get(kind);
  }

  #received(stream: number, message: Buffer, protocol: number): void {
    if (protocol === ppid.dcep) {
      const open = parseOpen(message);
      if (open !== undefined && !this.#opens.has(stream)) this.#opened(stream, open);
      return;
    }
    const kind = labels[this.#opens.get(stream)?.label ?? ''];
    if (kind === undefined) return;
    const empty = protocol === ppid.binaryEmpty || protocol === ppid.textEmpty;
    this.#context.events.message(kind, empty ? new Uint8Array() : message);
  }

  #opened(stream: number, open: ChannelOpen): void {
    const late = this.#streams.indexOf(stream) < this.#arranged;
    this.#opens.set(stream, open);
    // Its place was filled while it was away: an ordered sending side serves any channel.
    if (late) this.#answer(stream, open, this.#filled.get(stream));
    else this.#arrange(false);
    if (this.#opens.size > this.#arranged) this.#later(GAP_MS, () => this.#arrange(true));
  }

  #arrange(fillGaps: boolean): void {
    const last = Math.max(...this.#opens.keys());
    for (; this.#arranged < this.#streams.length; this.#arranged++) {
      const stream = this.#streams[this.#arranged] as number;
      const open = this.#opens.get(stream);
      if (stream > last || (open === undefined && !fillGaps)) return;
      if (stream > 0) sendingSide(this.#context, false).catch(() => {}); // the id below it
      const side = sendingSide(this.#context, open !== undefined && !open.ordered && open.partial);
      side.catch(() => {}); // the transport closed meanwhile
      if (open === undefined) this.#filled.set(stream, side);
      else this.#answer(stream, open, side);
    }
  }

  /** Without the ACK libwebrtc sends even unordered channels in order. */
  #answer(stream: number, open: ChannelOpen, side: Promise<ms.DataConsumer> | undefined): void {
    side?.then(
      (consumer) => {
        consumer.send(ack, ppid.dcep).catch(() => {});
        const kind = labels[open.label];
        if (kind === undefined || this.#outgoing.has(kind)) return;
        this.#outgoing.set(kind, new Outgoing(kind, consumer, this.#context.limits));
        if (this.#outgoing.size === 2) this.#nowOpen();
        else if (kind === 'reliable') this.#later(SECOND_CHANNEL_MS, () => this.#nowOpen());
      },
      () => this.#opens.delete(stream),
    );
  }

  #nowOpen(): void {
    if (this.#isOpen || this.#context.transport.closed) return;
    this.#isOpen = true;
    this.#context.events.open();
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
