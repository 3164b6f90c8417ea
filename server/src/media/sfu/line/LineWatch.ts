import type { types as ms } from 'mediasoup';
import { type KnownLine, LineController, type LineSample } from './LineController.ts';
import { LossMeter, ownLoss } from './LossMeter.ts';
import type { LineStep } from './ladder.ts';
import type { LineReport } from './lineReport.ts';

/** The worker's own score (0..10, from receiver reports) at or under which a line is looked at. */
const SUSPICIOUS_SCORE = 7;
/** Likewise beyond these, though that score did not fall: delay without loss does not show in it. */
const SUSPICIOUS_LOSS = 0.08;
const SUSPICIOUS_RTT_MS = 400;
const MOST_LOOKED_AT = 3;
/** Most layers that LiveKit's clients send. */
const LAYERS = 3;

/** A consumer that is being sent, with what was told of it last. */
export interface FlowingTrack {
  readonly consumer: ms.Consumer;
  readonly report: LineReport;
}

export interface WatchedLine {
  flowing(): readonly FlowingTrack[];
  apply(step: LineStep): void;
}

/**
 * Watches one viewer's line by what their receiver reports say, which the worker tells every second. A good line is only
 * glanced at; once there is reason, each report is judged, until the line has been good for a while.
 */
export class LineWatch {
  readonly #line: WatchedLine;
  readonly #controller: LineController;
  #meters = new WeakMap<ms.Consumer, LossMeter>();
  #last: LineSample | undefined;
  #watching = false;
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
    return this.#watching ? this.#last : undefined;
  }

  get isWatching(): boolean {
    return this.#watching;
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
    if (this.#watching || this.#closed) return;
    this.#watching = true;
    // The first look tells nothing yet: it is what the next one is compared with.
    this.#look(this.#line.flowing());
  }

  /** New reports are here. */
  reported(): void {
    if (this.#closed) return;
    const flowing = this.#line.flowing();
    if (this.#watching) this.#look(flowing);
    else if (flowing.some(isSuspicious)) this.wake();
  }

  close(): void {
    this.#closed = true;
    this.#rest();
  }

  #rest(): void {
    this.#watching = false;
    this.#meters = new WeakMap();
  }

  #look(flowing: readonly FlowingTrack[]): void {
    // Sound says little while pictures flow: its reports are rarer.
    const videos = flowing.filter(({ consumer }) => consumer.kind === 'video');
    const looked = (videos.length > 0 ? videos : flowing).slice(0, MOST_LOOKED_AT);
    const now = performance.now();
    const losses = looked.map((track) => this.#loss(track, now)).filter((loss) => loss !== undefined);
    if (losses.length === 0) return;
    const rtts = looked.map(({ report }) => report.rttMs).filter((rtt) => rtt > 0);
    const sample = { loss: Math.max(...losses), rttMs: rtts.length > 0 ? Math.max(...rtts) : undefined };
    this.#last = sample;
    if (this.#controller.take(sample, now)) this.#line.apply(this.#controller.step);
    if (this.#controller.isCalm(now)) this.#rest();
  }

  #loss({ consumer, report }: FlowingTrack, now: number): number | undefined {
    const meter = this.#meters.get(consumer) ?? new LossMeter();
    this.#meters.set(consumer, meter);
    const loss = meter.add(report);
    if (this.#controller.isSettling(now)) meter.forget();
    return loss;
  }
}

const isSuspicious = ({ report }: FlowingTrack): boolean =>
  ownLoss(report.fractionLost, report.lostBefore) > SUSPICIOUS_LOSS || report.rttMs > SUSPICIOUS_RTT_MS;
