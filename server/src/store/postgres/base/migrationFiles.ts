import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('./migrations/', import.meta.url);

/**
 * How a part of a migration is done. `whole`: in one transaction. `repeated`: the same in many transactions, until one
 * changes no row. `alone`: in none, as CREATE INDEX CONCURRENTLY wants it.
 */
export interface MigrationStep {
  readonly how: 'whole' | 'repeated' | 'alone';
  readonly text: string;
}

/** Names of all migrations of this program, in the order in which they are applied. */
export async function migrationNames(from = folder): Promise<readonly string[]> {
  return (await readdir(from)).filter((f) => /^\d{4}-.*\.sql$/.test(f)).sort();
}

/**
 * A file is one step, unless lines say where one begins: `-- step`, `-- step repeated`, `-- step alone`. Whatever is
 * interrupted begins again with the first step of its file, so each must stand being done twice.
 */
export async function readMigration(name: string, from = folder): Promise<readonly MigrationStep[]> {
  const [before = '', ...marked] = (await readFile(new URL(name, from), 'utf8')).split(/^-- step\b/m);
  if (marked.length === 0) return [{ how: 'whole', text: before }];
  return marked.map((part) => {
    const [, how = 'whole', text = ''] = /^ ?(repeated|alone)?[^\n]*\n([\s\S]*)$/.exec(part) ?? [];
    return { how: how as MigrationStep['how'], text };
  });
}

/** For a transaction of somebody who has the database for themselves. */
export async function wholeMigration(name: string): Promise<string> {
  const steps = await readMigration(name);
  return steps.map(({ text }) => text.replaceAll(/\bCONCURRENTLY\b/g, '')).join('\n');
}
