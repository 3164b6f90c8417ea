import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { SpliceEnd, SpliceEnded, SpliceOrder, SplicePatience } from './messages.ts';

const PROGRAM = join(import.meta.dirname, 'splice.process.ts');
/** How long it may take to end, ms; nothing that it holds is worth waiting for. */
const END_MS = 1_000;

export interface SpliceEvents {
  ended(id: number, why: SpliceEnd): void;
  /** It is gone without being closed; its splices have ended. */
  died(error: Error): void;
}

/** One process that carries media, as the server sees it. */
export class SpliceProcess {
  readonly #child: ChildProcess;
  readonly #events: SpliceEvents;
  /** By their ids; a socket may still wait for its turn to be handed over. */
  readonly #sockets = new Map<number, Socket>();
  readonly #exited: Promise<void>;
  #over = false;

  static create({ silentMs, stalledMs }: SplicePatience, events: SpliceEvents): SpliceProcess {
    const child = fork(PROGRAM, [silentMs, stalledMs].map(String), {
      serialization: 'advanced',
      // It speaks with strangers: it gets no secret of ours, and may read no file but its own program.
      env: {},
      execArgv: ['--permission', `--allow-fs-read=${join(import.meta.dirname, '*')}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return new SpliceProcess(child, events);
  }

  private constructor(child: ChildProcess, events: SpliceEvents) {
    this.#child = child;
    this.#events = events;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#end(new Error(`it ended with ${signal ?? `status ${code}`}`));
        resolve();
      });
      // It could not be started, or a message not be sent.
      child.on('error', (error) => {
        this.#end(error);
        if (child.pid === undefined) resolve();
        else child.kill('SIGKILL');
      });
    });
    child.on('message', ({ ended, why }: SpliceEnded) => this.#forget(ended, why));
  }

  get isOver(): boolean {
    return this.#over;
  }

  get load(): number {
    return this.#sockets.size;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Takes the socket over, with what was read of it. */
  splice(id: number, socket: Socket, port: number, seen: Uint8Array): void {
    this.#sockets.set(id, socket);
    const order: SpliceOrder = { order: 'splice', id, port, seen };
    this.#child.send(order, socket, (error) => error && this.#forget(id, 'closed'));
  }

  end(id: number): void {
    if (this.#sockets.has(id)) this.#child.send({ order: 'end', id } satisfies SpliceOrder, () => {});
  }

  /** Cuts all that it carries. */
  async close(): Promise<void> {
    this.#over = true;
    if (this.#child.connected) this.#child.disconnect();
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    await this.#exited;
    clearTimeout(killer);
  }

  #forget(id: number, why: SpliceEnd): void {
    const socket = this.#sockets.get(id);
    if (!this.#sockets.delete(id)) return;
    socket?.destroy(); // where it never was handed over
    this.#events.ended(id, why);
  }

  #end(error: Error): void {
    const closed = this.#over;
    this.#over = true;
    for (const id of [...this.#sockets.keys()]) this.#forget(id, 'closed');
    if (!closed) this.#events.died(error);
  }
}
