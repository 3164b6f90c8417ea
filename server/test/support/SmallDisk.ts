import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' });

/** Why no small disk can be made here; undefined when one can. Tests skip with this text, so that nobody overlooks it. */
export function noSmallDisk(): string | undefined {
  try {
    SmallDisk.create(1).close();
    return undefined;
  } catch {
    return 'SKIPPED: a disk of a few megabytes needs root and the right to mount';
  }
}

/** A file system of its own, in memory, that can be filled to the last byte. */
export class SmallDisk {
  readonly folder: string;
  readonly #ballast: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#ballast = join(folder, 'ballast');
  }

  static create(megabytes: number): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'dh-disk-'));
    try {
      run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'dh-disk', folder);
    } catch (error) {
      rmdirSync(folder);
      throw error;
    }
    return new SmallDisk(folder);
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(this.#ballast, 'a');
    const block = Buffer.alloc(65_536, 1);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  /** Whoever wrote there has ended. */
  close(): void {
    run('umount', this.folder);
    rmdirSync(this.folder);
  }
}
