import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Came, Ground, Order, Part, Report, Script } from './joinsProtocol.ts';

type ReportOf<T extends Report['type']> = Extract<Report, { type: T }>;

const PATIENCE_MS = 60_000;

/** Pages of communes, in processes of their own, so that their work is not counted as the server's. */
export class JoiningPages {
  readonly #children: readonly ChildProcess[];

  /** @param secrets of personal links, one for each who may come */
  static async start(ground: Ground, secrets: readonly string[], processes: number): Promise<JoiningPages> {
    const file = join(import.meta.dirname, 'joins.process.ts');
    const pages = new JoiningPages(Array.from({ length: processes }, () => fork(file, { stdio: 'inherit' })));
    const own = (nr: number) => secrets.filter((_, i) => i % processes === nr);
    await pages.#all((nr) => [{ type: 'ground', ground, secrets: own(nr), nr }, 'done']);
    return pages;
  }

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  /** @param each how many of each process @param perSecond of all */
  async do(part: Part, each: number, perSecond: number): Promise<void> {
    await this.#all(() => [{ type: 'part', part, count: each, perSecond: perSecond / this.#children.length }, 'done']);
  }

  /** So many in all come anew, and do everything. */
  async come(count: number, perSecond: number): Promise<Came> {
    const processes = this.#children.length;
    const order = { type: 'come', count: Math.ceil(count / processes), perSecond: perSecond / processes } as const;
    const all = (await this.#all(() => [order, 'came'])).map(({ came }) => came);
    return {
      ms: all.flatMap(({ ms }) => ms),
      failures: all.flatMap(({ failures }) => failures),
      lateP99Ms: Math.max(...all.map(({ lateP99Ms }) => lateP99Ms)),
      cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    };
  }

  /** What the first of them was answered. */
  async script(): Promise<Script> {
    const [first] = await this.#all(() => [{ type: 'script' }, 'script']);
    if (!first) throw new Error('there is no process of pages');
    return first.script;
  }

  async leave(): Promise<void> {
    await this.#all(() => [{ type: 'leave' }, 'done']);
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.send({ type: 'stop' } satisfies Order);
      // Native threads have been seen to hang at the end.
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(killer);
    }
  }

  #all<T extends Report['type']>(ask: (nr: number) => [Order, T]): Promise<ReportOf<T>[]> {
    return Promise.all(this.#children.map((child, nr) => answered(child, ...ask(nr))));
  }
}

function answered<T extends Report['type']>(child: ChildProcess, order: Order, wanted: T): Promise<ReportOf<T>> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      child.off('message', take).off('exit', died);
    };
    const fail = (message: string) => {
      done();
      reject(new Error(message));
    };
    const timer = setTimeout(() => fail(`the pages do not say ${wanted}`), PATIENCE_MS);
    const died = (code: number | null) => fail(`a process of pages ended with status ${code}`);
    const take = (report: Report) => {
      if (report.type === 'failed') return fail(report.message);
      if (report.type !== wanted) return;
      done();
      resolve(report as ReportOf<T>);
    };
    child.on('message', take).on('exit', died);
    child.send(order);
  });
}
