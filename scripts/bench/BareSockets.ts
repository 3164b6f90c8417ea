import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** socket.io alone in a process: what a server costs beyond this is its own. */
export class BareSockets {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<BareSockets> {
    const child = fork(join(import.meta.dirname, 'bareSockets.process.ts'), { stdio: 'inherit' });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new BareSockets(url, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Tells everybody who is connected. */
  prompt(notice: object): void {
    this.#child.send(notice);
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
