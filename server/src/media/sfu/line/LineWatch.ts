import type { types as ms } from 'mediasoup';
import { type KnownLine, LineController, type LineSample } from './LineController.ts';
import { LossMeter } from './LossMeter.ts';
import type { LineStep } from './ladder.ts';

/** One look a second while there is reason to look; receiver reports of pictures come as often. */
const LOOK_EVERY_MS = 1_000;
/** The worker's own score (0..10, from receiver reports) at or under which a line is looked at. */
const SUSPICIOUS_SCORE = 7;
const MOST_LOOKED_AT = 3;
/** Most layers that LiveKit's clients send. */
const LAYERS = 3;

export interface WatchedLine {
  /** Consumers that are being sent now. */
  flowing(): readonly ms.Consumer[];
  apply(step: LineStep): void;
}

/**
 * Watches one viewer's line by what their receiver reports say. On a good line it costs nothing: the worker speaks up
 * when a score falls, and only then the reports are read every second, until the line has been good for a while.
 */
export class LineWatch {
  readonly #line: WatchedLine;
  readonly #controller: LineController;
  #meters = new WeakMap<ms.Consumer, LossMeter>();
  #last: LineSample | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param known what was learned on a connection before */
  constructor(line: WatchedLine, known?: KnownLine) {
    this.#line = line;
    this.#controller = new LineController(LAYERS, known);
  }

  get step(): LineStep {
    return this.#controller.step;
  }

  get known(): KnownLine | undefined {
    return this.#controller.known;
  }

  /** What the last look found; undefined while nobody looks. */
  get last(): LineSample | undefined {
    return this.isWatching ? this.#last : undefined;
  }

  get isWatching(): boolean {
    return this.#timer !== undefined;
  }

  add(consumer: ms.Consumer): void {
    // Nobody else would notice that it carries more by now.
    if (!this.#controller.isFree) this.wake();
    consumer.on('score', ({ score, producerScore }) => {
      // What the publisher's own line lost is missing at every viewer, and no fault of theirs.
      const own = score <= SUSPICIOUS_SCORE && score < producerScore;
      if (own && !consumer.paused && !consumer.producerPaused) this.wake();
    });
  }

  /** There is reason to look at this line. */
  wake(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
    // The first look tells nothing yet: it is what the next one is compared with.
    void this.#look();
  }

  close(): void {
    this.#closed = true;
    this.#rest();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#meters = new WeakMap();
  }

  async #look(): Promise<void> {
    const flowing = this.#line.flowing();
    // Sound says little while pictures flow: its reports are rarer.
    const videos = flowing.filter((c) => c.kind === 'video');
    const looked = (videos.length > 0 ? videos : flowing).slice(0, MOST_LOOKED_AT);
    const reports = (await Promise.all(looked.map((consumer) => this.#report(consumer)))).filter(
      (r) => r !== undefined,
    );
    if (this.#closed || reports.length === 0) return;
    const rtts = reports.map((r) => r.rttMs).filter((rtt) => rtt > 0);
    const now = performance.now();
    const sample = {
      loss: Math.max(...reports.map((r) => r.loss)),
      rttMs: rtts.length > 0 ? Math.max(...rtts) : undefined,
    };
    this.#last = sample;
    if (this.#controller.take(sample, now)) this.#line.apply(this.#controller.step);
    if (this.#controller.isCalm(now)) this.#rest();
  }

  async #report(consumer: ms.Consumer): Promise<{ loss: number; rttMs: number } | undefined> {
    const stats = await consumer.getStats().catch(() => []);
    const sent = stats.find((s) => s.type === 'outbound-rtp');
    if (sent === undefined) return undefined;
    const meter = this.#meters.get(consumer) ?? new LossMeter();
    this.#meters.set(consumer, meter);
    const lostBefore = (stats.find((s) => s.type === 'inbound-rtp')?.fractionLost ?? 0) / 256;
    const rttMs = sent.roundTripTime ?? 0;
    const loss = meter.add({ sent: sent.packetCount, lost: sent.packetsLost, lostBefore, rttMs });
    if (this.#controller.isSettling(performance.now())) meter.forget();
    return loss === undefined ? undefined : { loss, rttMs };
  }
}
