import type { Witness } from '../../../domain/record/ports.ts';
import { type Verified, verifyRecord } from '../../../domain/record/verifyRecord.ts';
import { migrationNames } from '../base/migrationFiles.ts';
import type { Snapshot } from '../base/Snapshot.ts';
import { liveProblems } from './liveProblems.ts';
import { officialTables } from './officialTables.ts';
import { recordLines } from './recordLines.ts';

/**
 * AU3, AU6, AU7: the record, current states and guards of a database at one moment.
 * @throws Error when it is of another version
 */
export async function verifyDatabase(snapshot: Snapshot, witnesses: readonly Witness[] = []): Promise<Verified> {
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses };
  const record = await verifyRecord(recordLines(snapshot), options);
  const live = (await liveProblems(snapshot)).map((text) => ({ text }));
  return { ...record, problems: [...record.problems, ...live] };
}
