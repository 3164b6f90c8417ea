import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { LostStore } from '../../../web/src/api/channel/LostStore.ts';
import { isReady } from '../../../web/src/lib/isReady.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { Ack } from '../../src/protocol/channel.ts';
import type { Entered } from '../../src/protocol/rollcall.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from './ChannelClient.ts';
import { until } from './until.ts';

/** As a page does: the same answer under the same key until it is acknowledged. */
export async function answerUntilKept(seat: ChannelClient, round: string): Promise<Entered> {
  const ask = { round, key: randomUUID(), answerer: 'chair' as const };
  const lostStore = new LostStore(() => isReady(seat.program.url));
  return until(
    `${seat.identity} is acknowledged`,
    async () => {
      if (!seat.socket.connected) return undefined;
      const told: Ack<'round.answer'> | undefined = await seat.socket
        .timeout(3_000)
        .emitWithAck('round.answer', ask)
        .catch(() => undefined);
      if (told && 'ok' in told) return told.ok;
      if (told && told.error.reason !== 'store-unavailable') throw new Error(JSON.stringify(told.error));
      if (told && (await lostStore.refused())) seat.socket.io.engine.close();
      // A page waits longer with each try; the server takes 40 acts in 10 seconds.
      await wait(300);
      return undefined;
    },
    60_000,
  );
}

/** Every acknowledged answer stands on record exactly once, with what its receipt says; and nothing else does. */
export async function proveKept(databaseUrl: string, round: string, acknowledged: readonly Entered[]): Promise<void> {
  const postgres = await Postgres.create(databaseUrl, () => undefined, 1);
  const rows = await postgres
    .query<{ row: Entered['receipt']['record'] }>(
      'SELECT to_jsonb(e) AS row FROM round_entries e WHERE round = $1 ORDER BY unit',
      [round],
    )
    .finally(() => postgres.close());
  assert.deepEqual(
    rows.map(({ row }) => row),
    acknowledged.map(({ receipt }) => receipt.record).sort((a, b) => (String(a.unit) < String(b.unit) ? -1 : 1)),
  );
  for (const { receipt } of acknowledged) assert.ok(receiptHolds(receipt));
}
