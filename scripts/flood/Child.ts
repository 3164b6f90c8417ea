import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long an orderly end may take, ms; then the process is killed. */
const END_MS = 20_000;

/**
 * A process of the flood, asked by messages. It ends itself when its parent is gone, however that ended; so nothing of
 * a flood outlives it.
 */
export class Child {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** @param file one of this folder. What it prints goes beside the result. */
  static start(file: string, options: { env?: NodeJS.ProcessEnv; isLast?: boolean } = {}): Child {
    const path = join(import.meta.dirname, file);
    // By a program of its own, since a process can lower itself only thread by thread.
    const lowered = options.isLast && { execPath: 'nice', execArgv: ['-n', '19', process.execPath] };
    return new Child(
      fork(path, { stdio: ['ignore', 2, 2, 'ipc'], env: { ...process.env, ...options.env }, ...lowered }),
    );
  }

  /** Resolves with the next message. @throws Error when the process ends, or says nothing in time */
  async ask<T>(order: unknown, patienceMs: number): Promise<T> {
    const over = new AbortController();
    const { signal } = over;
    const died = once(this.#process, 'exit', { signal }).then(([code, by]): never => {
      throw new Error(`a process of the flood ended with ${by ?? `status ${code}`}`);
    });
    const late = wait(patienceMs, undefined, { signal }).then((): never => {
      throw new Error(`a process of the flood has not answered within ${patienceMs} ms`);
    });
    const answer = once(this.#process, 'message', { signal });
    this.#process.send(order as object);
    try {
      const [message] = (await Promise.race([answer, died, late])) as [T];
      return message;
    } finally {
      over.abort();
      await Promise.allSettled([answer, died, late]);
    }
  }

  /** Resolves when it is gone. */
  async close(): Promise<void> {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (child.connected) child.disconnect();
    const killer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await exited;
    clearTimeout(killer);
  }
}
