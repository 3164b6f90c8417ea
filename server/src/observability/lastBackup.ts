import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const lastBackupPath = ({ DATA_DIR }: { readonly DATA_DIR: string }): string => join(DATA_DIR, 'last-backup');

/** PL11: for the metric of its age. Who may not write there saves all the same. @returns whether it was noted */
export const noteBackup = async (config: { readonly DATA_DIR: string }, at: Date): Promise<boolean> =>
  writeFile(lastBackupPath(config), `${at.toISOString()}\n`).then(
    () => true,
    () => false,
  );
