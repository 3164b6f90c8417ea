import type { Witness } from '../../../domain/record/ports.ts';
import { type Verified, verifyRecord } from '../../../domain/record/verifyRecord.ts';
import { migrationNames } from '../base/migrationFiles.ts';
import type { Snapshot } from '../base/Snapshot.ts';
import { liveProblems } from './liveProblems.ts';
import { officialTables } from './officialTables.ts';
import { recordLines } from './recordLines.ts';

export interface ToVerify {
  readonly witnesses?: readonly Witness[];
  /** FG111: rows of figures that were vouched for since this moment are read; undefined: all. */
  readonly since?: string | undefined;
}

/**
 * AU3, AU6, AU7: the record, current states and guards of a database at one moment.
 * @throws Error when it is of another version
 */
export async function verifyDatabase(snapshot: Snapshot, { witnesses = [], since }: ToVerify = {}): Promise<Verified> {
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses, since };
  const record = await verifyRecord(recordLines(snapshot, since), options);
  const live = (await liveProblems(snapshot, since)).map((text) => ({ text }));
  return { ...record, problems: [...record.problems, ...live] };
}

/** So many days ago by PostgreSQL's clock, as it writes moments of the record. */
export async function daysAgo(snapshot: Snapshot, days: number): Promise<string> {
  const [row] = await snapshot.query<{ since: string }>(
    `SELECT to_jsonb(clock_timestamp() - make_interval(days => $1)) #>> '{}' AS since`,
    [days],
  );
  if (!row) throw new Error('PostgreSQL does not say what time it is');
  return row.since;
}
