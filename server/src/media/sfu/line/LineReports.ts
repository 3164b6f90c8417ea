import { type LineReport, type RefusedFeedback, readLines } from './lineReport.ts';
import type { WorkerChannel } from './workerChannel.ts';

const EVERY_MS = 1_000;

/** Who has lines on the worker. */
export interface LineReader {
  /** Nobody is there: nothing is asked. */
  readonly isIdle: boolean;
  /** New reports are here. */
  reported(): void;
}

/** What RTCP told last of all that flows on one worker: asked of it once a second, whatever the number of viewers. */
export class LineReports {
  readonly #channel: WorkerChannel;
  readonly #reader: LineReader;
  #lines: ReadonlyMap<string, LineReport> = new Map();
  #refused: RefusedFeedback = { retransmissions: 0, keyFrameRequests: 0, rtcpPackets: 0 };
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  static create(channel: WorkerChannel, reader: LineReader): LineReports {
    const reports = new LineReports(channel, reader);
    reports.#arm();
    return reports;
  }

  private constructor(channel: WorkerChannel, reader: LineReader) {
    this.#channel = channel;
    this.#reader = reader;
  }

  /** @param id of a consumer that flows, a producer or a transport; undefined: nothing was told of it yet, or no more */
  of(id: string): LineReport | undefined {
    return this.#lines.get(id);
  }

  /** As it was told last. */
  get refused(): RefusedFeedback {
    return this.#refused;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#read().finally(() => this.#arm()), EVERY_MS);
    this.#timer.unref();
  }

  async #read(): Promise<void> {
    if (this.#reader.isIdle) return;
    // A worker that ends meanwhile takes its lines with it.
    const told = await readLines(this.#channel).catch(() => undefined);
    if (!told || this.#closed) return;
    this.#lines = told.lines;
    this.#refused = told.refused;
    this.#reader.reported();
  }
}
