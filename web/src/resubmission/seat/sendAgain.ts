import {
  type Restore,
  type ResubmissionOutcome,
  resubmittedSchema,
  resubmittedTableSchema,
} from '@dieu-hanh/server/protocol';
import type { Api } from '../../api/Api.ts';
import { ApiError, isPassing, isSignedOut } from '../../api/ApiError.ts';
import type { KeptReceipt } from '../../api/receipts/ReceiptKeeper.ts';
import { fullJitter } from '../../lib/jitter.ts';

/** In one request, as the server takes them. */
const AT_ONCE = 10;

export type Tally = Readonly<Record<ResubmissionOutcome, number>>;
export const NOTHING: Tally = { stands: 0, taken: 0, overtaken: 0, gone: 0, claimed: 0 };

/** What the restore may have lost and the server takes again: the unit's own, sealed after the backup, not settled since. */
export const lostBy = (kept: readonly KeptReceipt[], restore: Restore, unit: string): readonly KeptReceipt[] =>
  kept
    .filter(({ receipt, settled }) => receipt.record.unit === unit && settled !== restore.id)
    .filter(({ receipt }) => resubmittedTableSchema.safeParse(receipt.table).success)
    .filter(({ at }) => Date.parse(at) >= Date.parse(restore.backupAt))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

interface Ways {
  readonly api: Pick<Api, 'ask'>;
  /** They need not be sent again. */
  readonly settled: (kept: readonly KeptReceipt[]) => Promise<void>;
  readonly stopped: () => boolean;
  readonly wait?: (attempt: number) => number;
}

/** RS1: sends them, again and again until the server says what became of each. @returns how many came to what */
export async function sendAgain(
  lost: readonly KeptReceipt[],
  { api, settled, stopped, wait = fullJitter }: Ways,
): Promise<Tally> {
  const tally = { ...NOTHING };
  const rest = [...lost];
  let [size, attempt] = [AT_ONCE, 0];
  while (rest.length > 0 && !stopped()) {
    const some = rest.slice(0, size);
    try {
      const body = { receipts: some.map(({ receipt }) => receipt) };
      const { outcomes } = await api.ask('/api/resubmissions', resubmittedSchema, { method: 'POST', body });
      for (const outcome of outcomes) tally[outcome] += 1;
      attempt = 0;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (isPassing(error)) {
        await new Promise((resolve) => setTimeout(resolve, wait(attempt++)));
        continue;
      }
      if (isSignedOut(error)) break;
      // One that the server does not take keeps no other from it.
      if (some.length > 1) {
        size = 1;
        continue;
      }
    }
    await settled(some);
    rest.splice(0, some.length);
  }
  return tally;
}
