import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import { type Copy, Fan } from '../../cascade/Fan.ts';
import type { MediaKind, TrackEvents } from '../types.ts';
import { repoint } from './repoint.ts';
import type { SourceTrack, TrackHome } from './SourceTrack.ts';

/**
 * A published track: the producer on its publisher's worker, and its copies on the others. Another producer may take the
 * place of the first, when its publisher has come back on new transports.
 */
export class TrackProducer extends EventEmitter<TrackEvents> implements SourceTrack {
  readonly sid: string;
  readonly layers: number;
  readonly origin: TrackHome;
  readonly #copies: Fan<TrackHome, PipedProducer>;
  #producer: ms.Producer;
  #release: () => void = () => undefined;

  constructor(sid: string, origin: TrackHome, producer: ms.Producer) {
    super();
    this.sid = sid;
    this.origin = origin;
    this.#producer = producer;
    this.layers = layersOf(producer.rtpParameters);
    this.#copies = new Fan(async (home) => new PipedProducer(await pipe(this.#producer, origin, home)));
    this.#watch(producer);
  }

  get producer(): ms.Producer {
    return this.#producer;
  }

  get kind(): MediaKind {
    return this.producer.kind;
  }

  get paused(): boolean {
    return this.producer.paused;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get router(): ms.Router {
    return this.origin.router;
  }

  async consumeAt(home: TrackHome, consume: (producer: ms.Producer) => Promise<ms.Consumer>): Promise<ms.Consumer> {
    return consume(home === this.origin ? this.producer : (await this.#copies.at(home)).producer);
  }

  wantedElsewhere(layers: number): void {
    this.emit('wantedElsewhere', layers);
  }

  /** Its publisher is asked by the hall, which knows what all want. */
  want(): void {}

  /**
   * From now on it is what this producer of the same home sends: all who have it, other workers and other nodes too, go on
   * without noticing. The one before is closed.
   * @throws Error when it has another shape or codec, or one of them is gone; then nothing has changed
   */
  async continueWith(producer: ms.Producer): Promise<void> {
    const before = this.#producer;
    // Who has it was told by the one before whether it stands still.
    if (before.paused !== producer.paused) await (producer.paused ? before.pause() : before.resume());
    await repoint(this.router, before, producer);
    this.#producer = producer;
    this.#watch(producer);
    before.close();
  }

  /** @param release called when it is closed, or another peer's */
  owned(release: () => void): void {
    this.#release();
    this.#release = release;
  }

  pause(): Promise<void> {
    return this.producer.pause();
  }

  resume(): Promise<void> {
    return this.producer.resume();
  }

  close(): void {
    this.producer.close();
  }

  #watch(producer: ms.Producer): void {
    producer.observer.on('close', () => {
      if (producer !== this.#producer) return;
      this.owned(() => undefined);
      this.emit('closed');
    });
  }
}

class PipedProducer implements Copy {
  readonly producer: ms.Producer;
  constructor(producer: ms.Producer) {
    this.producer = producer;
  }
  get closed(): boolean {
    return this.producer.closed;
  }
  onClose(listener: () => void): void {
    this.producer.observer.on('close', listener);
  }
}

/** Pause, resume and close of the original reach the copy by mediasoup's own means. */
async function pipe(producer: ms.Producer, from: TrackHome, to: TrackHome): Promise<ms.Producer> {
  const { pipeProducer } = await from.router.pipeToRouter({
    producerId: producer.id,
    router: to.router,
    keepId: false,
    enableSctp: false,
    // The kernel may drop from a full socket buffer even on loopback; one retransmission then serves all viewers
    // behind.
    enableRtx: true,
  });
  if (pipeProducer === undefined) throw new Error('no copy was made');
  forgive(pipeProducer);
  return pipeProducer;
}

/**
 * mediasoup hands pause and resume on to a copy without waiting for the answer, which is a rejection that nobody
 * catches when the copy's worker dies meanwhile: it would end the process.
 */
function forgive(copy: ms.Producer): void {
  for (const act of ['pause', 'resume'] as const) {
    const original = copy[act].bind(copy);
    copy[act] = () =>
      original().catch((error: unknown) => {
        if (!copy.closed) throw error;
      });
  }
}

const SPATIAL = /^[LS](\d)T\d/;

function layersOf({ encodings }: ms.RtpParameters): number {
  if (encodings === undefined) return 1;
  if (encodings.length > 1) return encodings.length;
  return Number(SPATIAL.exec(encodings[0]?.scalabilityMode ?? '')?.[1] ?? 1);
}
