import { createHash, randomUUID } from 'node:crypto';
import type { GrainMonth } from '../../../src/domain/figure/archive/months.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import {
  type Archived,
  type KeepFile,
  PgFigureArchive,
} from '../../../src/store/postgres/figure/archive/PgFigureArchive.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { ministry } from './figure.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Keeps files in memory, by their names. */
export const keepInMemory =
  (files = new Map<string, string>()): KeepFile =>
  async (name, text) => {
    let all = '';
    for await (const part of text) all += part;
    files.set(name, all);
    return createHash('sha256').update(all).digest('hex');
  };

/** As the operator does it. */
export async function withArchive<T>(url: string, work: (archive: PgFigureArchive) => Promise<T>): Promise<T> {
  const archive = await PgFigureArchive.create(url, { by: 'dh figures', lockTimeoutMs: 100 });
  return work(archive).finally(() => archive.close());
}

export const archiveMonth = (url: string, of: GrainMonth, files?: Map<string, string>): Promise<Archived> =>
  withArchive(url, (archive) => archive.archive(of, keepInMemory(files)));

/** A batch of which a part is archived, and another still stands in the table. */
export async function archiveFigures({ postgres, ownerUrl, units }: OfficialWorld): Promise<void> {
  const rows = ['2020-01-05', '2020-01-06', '2026-08-30'].flatMap((period) =>
    ['10001', '10002'].map(
      (unit, i): Omit<FigureRow, 'row'> => ({ indicator: 'beds-free', unit, period, value: `${i}` }),
    ),
  );
  await new PgFigureIntake(postgres).take(
    {
      ...{ source: ministry, rows: rows.map((row, i) => ({ ...row, row: i + 1 })), key: randomUUID(), mode: 'whole' },
      ...{ dryRun: false, bodyHash: 'e'.repeat(64), by: 'Bộ Y tế' },
    },
    units.index,
  );
  await archiveMonth(ownerUrl, { month: '2020-01', grain: 'day' });
}
