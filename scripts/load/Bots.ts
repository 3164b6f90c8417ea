import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { VideoQuality } from '@livekit/protocol';
import type { Order, Report, Snapshot, Taste } from './protocol.ts';
import type { Account } from './signal.ts';

/** Niceness of those who go before all others. */
const LEADING = -10;

/** A process of bots, so that their work is not counted as the server's, nor slowed by whoever measures. */
export class Bots {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when the publisher's media flows. @param pace of the recorded frames a second so many are sent, 0..1 */
  static async publisher(account: Account, pace?: number): Promise<Bots> {
    const bots = Bots.#start();
    await bots.#ask({ type: 'publish', account, pace }, 'ready').catch((error: unknown) => {
      bots.#child.kill();
      throw error;
    });
    return bots;
  }

  /** Resolves when each viewer has seen and heard something, or has failed. */
  static async viewers(account: Account, count: number, perSecond: number, taste: Taste = {}): Promise<Bots> {
    const bots = Bots.#start();
    if (taste.leads) bots.#lead();
    // All its threads are started by the first, and are as that one is.
    else if (taste.yields && bots.#child.pid) setPriority(bots.#child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const patience = 60_000 + (1000 * count) / perSecond;
    await bots.#ask({ type: 'view', account, count, perSecond, taste }, 'ready', patience).catch((error: unknown) => {
      bots.#child.kill();
      throw error;
    });
    return bots;
  }

  /** Bots that publish as soon as the server lets them: `stand` brings them in. */
  static speakers({ leads }: Pick<Taste, 'leads'> = {}): Bots {
    const bots = Bots.#start();
    if (leads) bots.#lead();
    return bots;
  }

  /**
   * Of speakers: brings in whoever is not there, and anew whoever is off the air again. Resolves when all are there.
   * @param pace of the recorded frames a second so many are sent, 0..1
   */
  async stand(accounts: readonly Account[], pace?: number): Promise<void> {
    await this.#ask({ type: 'stand', accounts, pace }, 'ready', 60_000 + 1_000 * accounts.length);
  }

  /** Viewers ask for another layer; it comes when the server has a whole picture of it. */
  async watch(quality: VideoQuality): Promise<void> {
    await this.#ask({ type: 'watch', quality }, 'ready');
  }

  async snapshot(): Promise<Snapshot> {
    const report = await this.#ask({ type: 'snapshot' }, 'snapshot');
    if (report.type !== 'snapshot') throw new Error('unexpected report');
    return report.snapshot;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.send({ type: 'stop' } satisfies Order);
    // Native threads have been seen to hang at the end.
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(killer);
  }

  static #start(): Bots {
    return new Bots(fork(join(import.meta.dirname, 'bots.process.ts'), { stdio: 'inherit' }));
  }

  /** Only root may. */
  #lead(): void {
    try {
      if (this.#child.pid) setPriority(this.#child.pid, LEADING);
    } catch {
      // They are as late as others then, which they say.
    }
  }

  #ask(order: Order, wanted: Report['type'], patience = 30_000): Promise<Report> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#child.off('message', take).off('exit', died);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error('the bots do not get in: the server answers nothing, or the machine is far too busy'));
      }, patience);
      const take = (report: Report): void => {
        if (report.type !== wanted && report.type !== 'failed') return;
        done();
        if (report.type === 'failed') reject(new Error(report.message));
        else resolve(report);
      };
      const died = (code: number | null): void => {
        done();
        reject(new Error(`the process of bots ended with status ${code}`));
      };
      this.#child.on('message', take).on('exit', died);
      this.#child.send(order);
    });
  }
}
