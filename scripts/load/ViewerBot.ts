import type { VideoQuality } from '@livekit/protocol';
import { PictureChoice } from './PictureChoice.ts';
import { type Account, SignalConnection } from './signal.ts';
import { ViewerConnection } from './ViewerConnection.ts';

/** Moments of one viewer's way in, in ms after they began to connect; undefined where they never got there. */
export interface JoinTimes {
  readonly joined: number | undefined;
  readonly connected: number | undefined;
  readonly firstVideo: number | undefined;
  readonly firstAudio: number | undefined;
}

interface ViewerOptions {
  /** Local address for media. */
  readonly bindAddress?: string | undefined;
  /** A port of loopback by which all media goes, whatever candidates are offered. */
  readonly via?: number | undefined;
  /** Which layer of the pictures they ask for; without: they ask for nothing, and get the highest. */
  readonly quality?: VideoQuality | undefined;
  /** Share of the packets that never come, 0..1. */
  readonly loss?: number | undefined;
}

/** One viewer: may publish nothing, subscribes to everything, and answers every offer. */
export class ViewerBot {
  readonly connection: ViewerConnection;
  readonly startedAt = performance.now();
  /** How many offers came. */
  offers = 0;
  /** When the last one came. */
  offeredAt: number | undefined;
  /** When its answer went out, which a library on a busy machine takes its time for. */
  answeredAt: number | undefined;
  readonly #options: ViewerOptions;
  #signal: SignalConnection | undefined;
  #joinedAt: number | undefined;
  #failure: string | undefined;
  #closed = false;
  #negotiation = Promise.resolve();
  readonly #pictures: PictureChoice;

  constructor(identity: string, options: ViewerOptions) {
    this.connection = new ViewerConnection(identity, options.bindAddress, options.loss);
    this.#options = options;
    this.#pictures = new PictureChoice(options.quality);
  }

  /** Why they are not, or no longer, there. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Bytes of signalling so far. */
  get signalled(): { readonly up: number; readonly down: number } {
    return { up: 0, down: 0, ...this.#signal?.bytes };
  }

  get times(): JoinTimes {
    const first = (kind: 'audio' | 'video'): number | undefined => {
      const at = [...this.connection.receivers.values()].flatMap((r) =>
        r.kind === kind ? (r.firstFrameAt ?? []) : [],
      );
      return at.length > 0 ? Math.min(...at) - this.startedAt : undefined;
    };
    const since = (at: number | undefined): number | undefined => (at === undefined ? undefined : at - this.startedAt);
    return {
      joined: since(this.#joinedAt),
      connected: since(this.connection.connectedAt),
      firstVideo: first('video'),
      firstAudio: first('audio'),
    };
  }

  async join(account: Account, identity: string, nr = 0): Promise<void> {
    try {
      const grant = { canPublish: false, canPublishData: false, canSubscribe: true };
      const signal = await SignalConnection.open(account, identity, grant, nr);
      this.#signal = signal;
      if (this.#closed) return void signal.close();
      signal.on('closed', (reason) => {
        this.#failure ??= `signal connection closed: ${reason}`;
      });
      signal.listen((message) => {
        if (message.case === 'join') {
          this.#joinedAt = performance.now();
          this.#pictures.heard(signal, message.value.otherParticipants);
        }
        if (message.case === 'update') this.#pictures.heard(signal, message.value.participants);
        if (message.case === 'leave') this.#failure ??= `told to leave, reason ${message.value.reason}`;
        if (message.case === 'offer') this.#answer(signal, message.value.sdp, message.value.id);
      });
    } catch (error) {
      this.#failure = String(error);
    }
  }

  /** Asks for that layer of all pictures, OFF: for none of them. */
  watch(quality: VideoQuality): void {
    this.#pictures.change(quality);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#signal?.removeAllListeners('closed');
    this.#signal?.close();
    await this.connection.close();
  }

  #answer(signal: SignalConnection, offer: string, id: number): void {
    const { via } = this.#options;
    this.offers += 1;
    this.offeredAt = performance.now();
    this.#negotiation = this.#negotiation.then(async () => {
      try {
        const sdp = await this.connection.answer(via === undefined ? offer : onlyBy(via, offer));
        signal.send({ case: 'answer', value: { type: 'answer', sdp, id } });
        this.answeredAt = performance.now();
      } catch (error) {
        this.#failure ??= `negotiation failed: ${error}`;
      }
    });
  }
}

/** An offer whose only candidate is that port. */
function onlyBy(port: number, offer: string): string {
  const candidate = `a=candidate:via 1 udp 1000000 127.0.0.1 ${port} typ host`;
  const others = offer.replace(/^a=candidate:.*\r\n/gm, '');
  return others.replace(/^a=end-of-candidates/gm, `${candidate}\r\n$&`);
}
