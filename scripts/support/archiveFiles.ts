import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { writeWhole } from '../../server/src/lib/writeWhole.ts';
import type { Sql } from '../../server/src/store/postgres/base/Postgres.ts';
import type { KeepFile } from '../../server/src/store/postgres/figure/archive/PgFigureArchive.ts';

/** Where files of archived months lie, unless somebody says otherwise. */
export const archiveFolder = ({ DATA_DIR }: { readonly DATA_DIR: string }): string => join(DATA_DIR, 'figure-archive');

/** FG36: a file of that name is one of a try that came to no end: the record names no two alike. */
export const keepIn =
  (folder: string): KeepFile =>
  async (name, text) => {
    const file = join(folder, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rm(file, { force: true });
    await writeWhole(file, text, createGzip());
    // So that its name is there after the power went, as the file itself is.
    const place = await open(folder);
    await place.sync().finally(() => place.close());
    return hashOf(file);
  };

export interface LookedAt {
  /** What is wrong with files that are there, a sentence each. */
  readonly wrong: readonly string[];
  /** Which of them were looked at, and which are not there. */
  readonly files: readonly string[];
  readonly absent: readonly string[];
  /** FG111: those that are there, and were not read. */
  readonly unread: readonly string[];
}

/** FG36: whether the files of archived months are those that the record names. @param since FG111: it names them since then, others are not read */
export async function lookAtArchives(sql: Sql, folder: string, since?: string): Promise<LookedAt> {
  const named = await sql.query<{ file: string; sha256: string; isNear: boolean }>(
    `SELECT file, sha256, $1::timestamptz IS NULL OR at >= $1 AS "isNear" FROM figure_archives a WHERE act = 'archive'
       AND NOT EXISTS (SELECT FROM figure_archives r WHERE r.reopens = a.id) ORDER BY file`,
    [since ?? null],
  );
  const kept = named.filter(({ file }) => existsSync(join(folder, file)));
  const there = kept.filter(({ isNear }) => isNear);
  const wrong: string[] = [];
  for (const { file, sha256 } of there)
    if ((await hashOf(join(folder, file))) !== sha256)
      wrong.push(
        `figure_archives: ${join(folder, file)} is not the file that the record vouches for: it was altered or damaged`,
      );
  const names = (of: typeof named): readonly string[] => of.map(({ file }) => file);
  const absent = named.filter((one) => !kept.includes(one));
  const unread = kept.filter(({ isNear }) => !isNear);
  return { wrong, files: names(there), absent: names(absent), unread: names(unread) };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
