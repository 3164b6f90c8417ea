import { randomUUID } from 'node:crypto';
import { MerkleTree } from '../../../src/domain/record/merkle.ts';
import { receiptOf } from '../../../src/domain/record/receipt.ts';
import { NO_SEAL, type RecordRow, recordHash } from '../../../src/domain/record/seal.ts';
import type { Receipt } from '../../../src/protocol/record.ts';
import type { Sql } from '../../../src/store/postgres/base/Postgres.ts';
import { SYSTEM, sealed } from '../../../src/store/postgres/record/sealed.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** An answer was sent again, of a round that was lost with its briefing. */
export async function sendAgain({ postgres, seats: [seat] }: OfficialWorld): Promise<void> {
  if (!seat) throw new Error('there is no seat');
  const receipt = lostAnswer(seat);
  await postgres.transaction((sql: Sql) =>
    sealed(sql, SYSTEM, (batch) => {
      const { round: about, unit, key, at } = receipt.record as Record<string, string>;
      const what = { about, unit, path: `vn.79.${unit}`, key, kind: 'answer', fate: 'gone', original_at: at };
      const by = { account: seat.id, account_name: seat.name, identity: `${unit}.a`, address: '10.0.0.1' };
      return batch.insert('resubmissions', [{ ...what, ...by, at: batch.at, restore: randomUUID(), receipt }]);
    }),
  );
}

/** The receipt of an answer that is on no record here. */
export function lostAnswer({ id, name, unit }: { id: string; name: string; unit: string }): Receipt {
  const chain = `briefing:${randomUUID()}`;
  const at = '2026-09-02T01:00:00.5+00:00';
  const row: RecordRow = {
    ...{ round: randomUUID(), seq: 1, unit, kind: 'answer', key: randomUUID(), at, late: false, account: id },
    ...{ account_name: name, identity: `${unit}.a`, address: '10.0.0.1', answerer: 'chair', name: null, note: null },
    ...{ chain, seal: 1, leaf: 0 },
  };
  const tree = new MerkleTree([recordHash('round_entries', row)]);
  const seal = { chain, nr: 1, previous: NO_SEAL, root: tree.root, leaves: 1, at };
  return receiptOf({ seal, tree }, 0, 'round_entries', row);
}
