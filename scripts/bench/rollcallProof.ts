import { receiptHolds } from '../../server/src/domain/record/receipt.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import type { DeviceResult } from './rollcallProtocol.ts';

export interface Proof {
  /** Answers on record. */
  readonly recorded: number;
  readonly acknowledged: number;
  /** Acknowledged, and not on record exactly once as its receipt says. */
  readonly lost: number;
  /** On record, and never sent. */
  readonly invented: number;
  /** Receipts that do not hold, or whose seal does not stand in the chain. */
  readonly broken: number;
}

/** Compares what the devices were told with what stands on record, while the server runs. */
export async function proveRound(databaseUrl: string, round: string, results: readonly DeviceResult[]): Promise<Proof> {
  const postgres = await Postgres.create(databaseUrl, () => undefined, 1);
  try {
    const rows = await postgres.query<{ key: string; row: unknown }>(
      'SELECT e.key, to_jsonb(e) AS row FROM round_entries e WHERE round = $1',
      [round],
    );
    const seals = new Map(
      (await postgres.query<{ id: string; hash: Buffer }>(`SELECT chain || ' ' || nr AS id, hash FROM seals`)).map(
        ({ id, hash }) => [id, hash.toString('hex')],
      ),
    );
    const byKey = Map.groupBy(rows, ({ key }) => key);
    const acknowledged = results.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
    const sent = new Set(results.filter(({ tries }) => tries > 0).map(({ key }) => key));
    const text = (value: unknown) => JSON.stringify(value, Object.keys(value ?? {}).sort());
    const lost = acknowledged.filter(({ key, receipt }) => {
      const found = byKey.get(key) ?? [];
      return found.length !== 1 || text(found[0]?.row) !== text(receipt?.record);
    });
    const broken = acknowledged.filter(
      ({ receipt }) =>
        !receipt || !receiptHolds(receipt) || seals.get(`${receipt.chain} ${receipt.seal}`) !== receipt.hash,
    );
    return {
      recorded: rows.length,
      acknowledged: acknowledged.length,
      lost: lost.length,
      invented: rows.filter(({ key }) => !sent.has(key)).length,
      broken: broken.length,
    };
  } finally {
    await postgres.close();
  }
}
