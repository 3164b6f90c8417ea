import { type ChildProcess, fork } from 'node:child_process';
import { basename, join } from 'node:path';
import type { RunningBackup } from '../../../domain/backup/ports.ts';

const PROGRAM = join(import.meta.dirname, 'save.process.ts');

export interface SaveOrder {
  readonly databaseUrl: string;
  readonly file: string;
  /** Public keys of age; none: it is not encrypted. */
  readonly recipients: readonly string[];
}

export type SaveAnswer = { readonly isInOrder: boolean } | { readonly failed: string };

/** One backup in a process of its own, since compressing, encrypting and verifying would hold up everybody. */
export class BackupProcess implements RunningBackup {
  readonly done: RunningBackup['done'];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, file: string) {
    this.#child = child;
    this.done = new Promise((resolve, reject) => {
      child.once('message', (answer: SaveAnswer) => {
        if ('failed' in answer) reject(new Error(answer.failed));
        else resolve({ file: basename(file), isInOrder: answer.isInOrder });
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`its process ended with ${signal ?? `status ${code}`}`)));
    });
    this.done.catch(() => undefined);
  }

  static create(order: SaveOrder): BackupProcess {
    const { NODE_COMPILE_CACHE } = process.env;
    // By the channel, so that no list of processes and no environment shows the password of the database.
    const child = fork(PROGRAM, [], {
      env: NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.send(order, () => undefined);
    return new BackupProcess(child, order.file);
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
