import type { Postgres } from '../base/Postgres.ts';

/** 512 KiB of rows: more than what is free in the files of any table that acts write to. */
const TRY = `INSERT INTO room_tries SELECT repeat(md5(g::text), 32) FROM generate_series(1, 512) g`;

/** SV16: writes something that needs new room, and takes it back. @throws DomainError `record-unwritable` when there is none */
export async function tryRoom(postgres: Pick<Postgres, 'transaction'>): Promise<void> {
  const undone = new Error('there was room');
  try {
    await postgres.transaction(async (sql) => {
      await sql.query(TRY);
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
}
