import type { RecordRow } from '../../../src/domain/record/seal.ts';
import { account, at, boot, type History, seal } from './historyRows.ts';
import { lostAnswer } from './resubmission.ts';

/** Of receipts that came back. */
export const recordHistory: History = {
  '0059-resubmissions.sql': async (sql) => {
    const receipt = lostAnswer({ id: account, name: 'Chủ tịch', unit: '10001' });
    const { round: about, unit, key, at: then } = receipt.record as Record<'round' | 'unit' | 'key' | 'at', string>;
    const what = { about, unit, path: 'vn.79.10001', key, kind: 'answer', original_at: then, at };
    const by = { account, account_name: 'Chủ tịch', identity: '10001.a', address: '10.0.0.1' };
    await seal(sql, 'resubmissions', { ...what, ...by, fate: 'gone', restore: boot, receipt: receipt as RecordRow });
    await sql.query(
      `INSERT INTO resubmission_claims VALUES ($1, $2, 'vn.79.10001', $3, 'answer', 'unstamped', $4, '{}', $4, 1, $5, 'Chủ tịch', '10001.a', '10.0.0.1')`,
      [about, unit, key, at, account],
    );
  },
  '0102-contradictions.sql': async (sql) => {
    const receipt = lostAnswer({ id: account, name: 'Chủ tịch', unit: '10001' });
    await sql.query(
      `INSERT INTO contradictions VALUES ('10001', 'vn.79.10001', $1, 1, 0, true, $2, '{"seal": null, "row": null}', $3, 'Chủ tịch', '10001.a', '10.0.0.1', $4, $4, 1)`,
      [receipt.chain, JSON.stringify(receipt), account, at],
    );
  },
};
