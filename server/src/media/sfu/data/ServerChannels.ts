import type { types as ms } from 'mediasoup';
import type { DataChannelKind } from '../types.ts';
import {
  type DataChannelContext,
  type DataChannels,
  receivingSide,
  SECOND_CHANNEL_MS,
  sendingSide,
} from './channels.ts';
import { buildOpen, isAck, ppid } from './dcep.ts';
import { Outgoing } from './Outgoing.ts';

interface OurChannel {
  readonly kind: DataChannelKind;
  readonly label: string;
  readonly sending: ms.DataConsumer;
  readonly receiving: ms.DataConsumer;
}

/** Stream ids by the client's part in DTLS, ours being the other. */
const STREAMS = { client: { reliable: 1, lossy: 3 }, server: { reliable: 0, lossy: 2 } } as const;

/**
 * Channels that we open on the subscriber connection, where LiveKit's server sends what it has for a client, and older
 * clients listen nowhere else until they publish. The ids between ours are fillers. They are the peer's way of
 * receiving data for good: two ways at once could turn messages round.
 */
export class ServerChannels implements DataChannels {
  readonly #context: DataChannelContext;
  readonly #ours: readonly OurChannel[];
  readonly #outgoing = new Map<DataChannelKind, Outgoing>();
  #timer: NodeJS.Timeout | undefined;
  #isOpen = false;

  static async create(context: DataChannelContext): Promise<ServerChannels> {
    let acknowledged = (_: DataChannelKind): void => {};
    const streams = STREAMS[context.clientRole];
    const receiving = (kind: DataChannelKind) =>
      receivingSide(context, streams[kind], (message, id) => {
        if (id === ppid.dcep && isAck(message)) acknowledged(kind);
      });
    const ids = Array.from({ length: streams.lossy + 1 }, (_, id) => id);
    const [sides, reliableIn, lossyIn] = await Promise.all([
      Promise.all(ids.map((id) => sendingSide(context, id === streams.lossy))),
      receiving('reliable'),
      receiving('lossy'),
    ]);
    const reliable = sides[streams.reliable] as ms.DataConsumer;
    const lossy = sides[streams.lossy] as ms.DataConsumer;
    const channels = new ServerChannels(context, [
      { kind: 'reliable', label: '_reliable', sending: reliable, receiving: reliableIn },
      { kind: 'lossy', label: '_lossy', sending: lossy, receiving: lossyIn },
    ]);
    acknowledged = (kind) => channels.#acknowledged(kind);
    return channels;
  }

  private constructor(context: DataChannelContext, ours: readonly OurChannel[]) {
    this.#context = context;
    this.#ours = ours;
    const { transport } = context;
    const start = (state: ms.SctpState | undefined) => {
      if (state !== 'connected') return;
      for (const { label, kind, sending } of ours)
        sending.send(buildOpen(label, kind === 'lossy'), ppid.dcep).catch(() => {});
    };
    transport.once('sctpstatechange', function first(state) {
      if (state === 'connected') start(state);
      else transport.once('sctpstatechange', first);
    });
    start(transport.sctpState);
    transport.observer.on('close', () => clearTimeout(this.#timer));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  outgoing(kind: DataChannelKind): Outgoing | undefined {
    return this.#outgoing.get(kind);
  }

  #acknowledged(kind: DataChannelKind): void {
    const channel = this.#ours.find((c) => c.kind === kind);
    if (channel === undefined || this.#outgoing.has(kind)) return;
    this.#outgoing.set(kind, new Outgoing(kind, channel.sending, this.#context.limits));
    // Nothing else ever comes back on these: whoever may send has a publisher connection.
    channel.receiving.close();
    if (this.#outgoing.size === 2) this.#nowOpen();
    else if (kind === 'reliable') this.#timer = setTimeout(() => this.#nowOpen(), SECOND_CHANNEL_MS);
  }

  #nowOpen(): void {
    clearTimeout(this.#timer);
    if (this.#isOpen || this.#context.transport.closed) return;
    this.#isOpen = true;
    this.#context.events.open();
  }
}
