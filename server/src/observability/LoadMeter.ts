import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { readSent, type Sent } from './sent.ts';

/** What a node does, a second, over the time between two looks. */
export interface Work {
  readonly packets: number;
  readonly mbit: number;
  /** Cores that the media workers use together. */
  readonly workers: number;
  /** Share of the time in which the event loop was busy. */
  readonly loop: number;
}

const BITS = 8 / 1_000_000;

interface Reading {
  readonly at: number;
  readonly sent: Sent | undefined;
  readonly cpuSeconds: number;
  readonly loop: EventLoopUtilization;
}

/** PL2: looks at counters now and then; what is between two looks is the load. */
export class LoadMeter {
  readonly #cpuSeconds: () => Promise<number>;
  readonly #sent: () => Promise<Sent | undefined>;
  #last: Reading | undefined;
  #work: Work = { packets: 0, mbit: 0, workers: 0, loop: 0 };

  /** @param cpuSeconds of all media workers since they started */
  constructor(cpuSeconds: () => Promise<number>, sent: () => Promise<Sent | undefined> = readSent) {
    this.#cpuSeconds = cpuSeconds;
    this.#sent = sent;
  }

  get work(): Work {
    return this.#work;
  }

  async look(): Promise<void> {
    const [sent, cpuSeconds] = await Promise.all([this.#sent(), this.#cpuSeconds()]);
    const now = { at: performance.now(), sent, cpuSeconds, loop: performance.eventLoopUtilization() };
    const before = this.#last;
    this.#last = now;
    if (!before) return;
    const seconds = (now.at - before.at) / 1000;
    // A counter that began anew says nothing about the time before.
    const rate = (to = 0, from = 0): number => Math.max(0, to - from) / seconds;
    this.#work = {
      packets: rate(sent?.packets, before.sent?.packets),
      mbit: rate(sent?.bytes, before.sent?.bytes) * BITS,
      workers: rate(cpuSeconds, before.cpuSeconds),
      loop: performance.eventLoopUtilization(now.loop, before.loop).utilization,
    };
  }
}
