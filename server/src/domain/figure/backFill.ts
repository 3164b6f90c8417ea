import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DomainError, isAway, refuse } from '../../protocol/errors.ts';
import type { BatchAnswer, FigureRow, RowError } from '../../protocol/figureBatch.ts';
import type { FigureSource } from '../../protocol/figureDefinition.ts';
import type { FigureIntake } from './FigureIntake.ts';
import { type BatchType, readRows } from './formats/readBatch.ts';
import { FILL, FILL_AGAIN } from './limits.ts';

/** FG44: rows of one file; some years of an indicator that every unit reports daily. */
const MOST_ROWS = 50_000_000;

export interface FileToFill {
  /** Opens it; it is read twice. */
  readonly bytes: () => AsyncIterable<Buffer>;
  /** One whose rows come before its end does. */
  readonly type: Exclude<BatchType, 'application/json'>;
  readonly source: FigureSource;
  readonly reason?: string | undefined;
  readonly dryRun: boolean;
}

/** What was done by now; rows are those of the file before and in this batch. */
export type FillStep = BatchAnswer & { readonly rows: number; readonly of: number };

interface Filling {
  readonly step?: number;
  readonly pace?: (tookMs: number) => Promise<void>;
  readonly waiting?: Waiting;
}

/** FG110: told why, and how long it waits, ms; who is told waits. */
export type Waiting = (why: string, ms: number) => Promise<unknown>;

/**
 * FG44: a file of any length, in batches under keys that follow from it: who begins again after a stop gets the first
 * answer for what is on record, and goes on behind it. Nothing is recorded of a file that is not whole.
 * @param told after each commit @param o.waiting FG110 @param o.step rows of a batch @param o.pace FG54: before each but the first, with what the last one took, ms
 * @throws DomainError `bad-request`, `conflict` when the file changes meanwhile, and those of the intake
 */
export async function backFill(
  { bytes, type, source, reason, dryRun }: FileToFill,
  intake: FigureIntake,
  told: (step: FillStep) => void,
  { step = FILL.rows, pace = async () => undefined, waiting = (_, ms) => sleep(ms) }: Filling = {},
): Promise<void> {
  let of = 0;
  const count = () => {
    of += 1;
  };
  const whole = await readRows(bytes(), type, MOST_ROWS, count);
  if (of === 0) throw refuse('bad-request', 'the file has no rows');
  const found: (FigureRow | RowError)[] = [];
  let rows = 0;
  let tookMs: number | undefined;
  const take = async (batch: readonly (FigureRow | RowError)[]) => {
    rows += batch.length;
    const id = createHash('sha256').update(`${source.code} ${rows} ${step} `).update(whole).digest('hex');
    const unread = batch.filter((each): each is RowError => 'reason' in each);
    const good = batch.filter((each): each is FigureRow => !('reason' in each));
    const ask = { key: uuidOf(id), mode: 'partial', dryRun, reason, bodyHash: id, by: source.name, unread } as const;
    if (tookMs !== undefined) await pace(tookMs);
    const began = performance.now();
    const answer = await patiently(() => intake.take(source, good, ask), waiting);
    tookMs = performance.now() - began;
    told({ ...answer, rows, of });
  };
  const again = await readRows(
    bytes(),
    type,
    MOST_ROWS,
    (each) => found.push(each),
    // The last batch waits until the file is known to be the same.
    async () => {
      while (found.length > step) await take(found.splice(0, fewMonths(found, step)));
    },
  );
  if (!again.equals(whole)) throw refuse('conflict', 'the file changed while it was read');
  while (found.length > 0) await take(found.splice(0, fewMonths(found, step)));
}

/**
 * FG110: the same once more, under the same key, where the store was away, or slower than its limits, and may have recorded it.
 * @throws DomainError the last refusal, when that lasts
 */
export async function patiently<T>(work: () => Promise<T>, waiting: Waiting): Promise<T> {
  let [pause, waited]: [number, number] = [FILL_AGAIN.firstMs, 0];
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || waited >= FILL_AGAIN.patienceMs) throw error;
      await waiting((error as DomainError).message, pause);
      waited += pause;
      pause = Math.min(2 * pause, FILL_AGAIN.longestMs);
    }
}

/** How many of these, and no more than `most`, until they speak of too many months. */
function fewMonths(rows: readonly (FigureRow | RowError)[], most: number): number {
  const months = new Set<string>();
  for (const [i, row] of rows.entries()) {
    if (i === most) return i;
    if ('reason' in row) continue;
    // As it is written; of a week its own name.
    months.add(row.period.includes('W') ? row.period : row.period.slice(0, 7));
    if (months.size > FILL.months) return i;
  }
  return rows.length;
}

/** Version 8 of RFC 9562: what stands in it is ours. */
const uuidOf = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
