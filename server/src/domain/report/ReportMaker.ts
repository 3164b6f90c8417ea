import { setImmediate } from 'node:timers/promises';
import type { Logger } from '../../observability/logger.ts';
import { DomainError, isAway } from '../../protocol/errors.ts';
import { toCsv } from './csv.ts';
import { PROGRESS_MS } from './limits.ts';
import type { ReportClaim, ReportStore } from './ports.ts';
import type { ReportTables } from './ReportTables.ts';
import type { Row, Table } from './table.ts';
import { toXlsx } from './xlsx.ts';

const formats = { csv: toCsv, xlsx: toXlsx } as const;
/** What is written into the store in one go. */
const PART_BYTES = 256 * 1024;

/** Another makes it now, or this node closes: what is begun is left as it is. */
class Stopped extends Error {}

/** RP2: makes the reports that wait, one after the other: so a node never writes more than one at a time. */
export class ReportMaker {
  readonly #store: ReportStore;
  readonly #tables: Pick<ReportTables, 'of'>;
  readonly #log: Logger;
  #working: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(parts: { store: ReportStore; tables: Pick<ReportTables, 'of'>; log: Logger }) {
    this.#store = parts.store;
    this.#tables = parts.tables;
    this.#log = parts.log;
  }

  /** There may be something to make. Returns at once. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    if (this.#working) return;
    this.#working = this.#work()
      .catch((err: unknown) => this.#log.warn({ err }, 'reports wait; the sweep tries again'))
      .finally(() => {
        this.#working = undefined;
        if (this.#again) this.wake();
      });
  }

  /** Finds what is left over, and forgets what is old. */
  async sweep(): Promise<void> {
    await this.#store.sweep();
    this.wake();
  }

  /** Resolves when what is under way has stopped. May run twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#again = false;
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      for (let claim = await this.#store.claim(); claim; claim = await this.#store.claim()) {
        await this.#make(claim);
        if (this.#closed) return;
      }
    }
  }

  async #make(claim: ReportClaim): Promise<void> {
    const { id, about, format } = claim.order;
    const begin = performance.now();
    try {
      const table = await this.#tables.of(claim.order);
      const progress = { rows: 0 };
      await this.#write(claim, formats[format]({ ...table, rows: this.#watched(table, claim, progress) }));
      await this.#store.finish(claim, progress.rows);
      const ms = Math.round(performance.now() - begin);
      this.#log.info({ report: id, kind: about.kind, format, rows: progress.rows, ms }, 'report made');
    } catch (error) {
      await this.#failed(claim, error);
    }
  }

  async #write(claim: ReportClaim, bytes: AsyncIterable<Buffer>): Promise<void> {
    let pieces: Buffer[] = [];
    let size = 0;
    let nr = 0;
    for await (const piece of bytes) {
      pieces.push(piece);
      size += piece.length;
      if (size < PART_BYTES) continue;
      await this.#store.addPart(claim, nr++, Buffer.concat(pieces));
      [pieces, size] = [[], 0];
    }
    if (size > 0) await this.#store.addPart(claim, nr, Buffer.concat(pieces));
  }

  /** Counts rows as they go by and says so; the node does other things in between. @throws Stopped */
  async *#watched(
    { rows, total }: Table,
    claim: ReportClaim,
    progress: { rows: number },
  ): AsyncGenerator<readonly Row[]> {
    let said = Number.NEGATIVE_INFINITY;
    const say = async () => {
      if (this.#closed) throw new Stopped();
      if (performance.now() - said < PROGRESS_MS) return;
      if (!(await this.#store.progress(claim, progress.rows, total))) throw new Stopped();
      said = performance.now();
    };
    await say();
    for await (const some of rows) {
      yield some;
      progress.rows += some.length;
      await setImmediate();
      await say();
    }
  }

  /** What may pass is tried again later; what never will is said to whoever waits for it. */
  async #failed(claim: ReportClaim, error: unknown): Promise<void> {
    const { id } = claim.order;
    if (error instanceof Stopped) return this.#closed ? this.#store.release(claim) : undefined;
    this.#log.warn({ err: error, report: id }, 'a report could not be made');
    if (isAway(error)) throw error;
    if (!(error instanceof DomainError)) return this.#store.fail(claim, 'something went wrong on the server');
    return this.#store.fail(claim, error.message);
  }
}
