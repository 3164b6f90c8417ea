import { randomUUID } from 'node:crypto';
import { SYSTEM, sealed } from '../../../src/store/postgres/record/sealed.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** A backup was put back at the moment that it saved, so no number is passed over. */
export async function restoreOnce({ postgres }: OfficialWorld): Promise<void> {
  const backup = { backup_at: '2026-09-02T01:00:00+00:00', backup_sha256: 'a'.repeat(64) };
  await postgres.transaction((sql) =>
    sealed(sql, SYSTEM, (batch) =>
      batch.insert('restores', [{ id: randomUUID(), at: batch.at, ...backup, seals: 0, numbers: 0 }]),
    ),
  );
}
