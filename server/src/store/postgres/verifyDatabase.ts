import type { Witness } from '../../domain/audit/ports.ts';
import { type Verified, verifyRecord } from '../../domain/audit/verifyRecord.ts';
import { liveProblems } from './liveProblems.ts';
import { migrationNames } from './migrate.ts';
import { officialTables } from './officialTables.ts';
import { recordLines } from './recordLines.ts';
import type { Snapshot } from './Snapshot.ts';

/** AU3, AU6, AU7: the record, current states and guards of a database at one moment. @throws Error when it is of another version */
export async function verifyDatabase(snapshot: Snapshot, witnesses: readonly Witness[] = []): Promise<Verified> {
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses };
  const record = await verifyRecord(recordLines(snapshot), options);
  const live = (await liveProblems(snapshot)).map((text) => ({ text }));
  return { ...record, problems: [...record.problems, ...live] };
}
