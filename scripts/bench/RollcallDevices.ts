import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceAuth, DeviceOrder, DeviceReport, DeviceResult } from './rollcallProtocol.ts';

type ReportOf<T extends DeviceReport['type']> = Extract<DeviceReport, { type: T }>;

/** Devices on the order channel, in processes of their own, so that their work is not counted as the server's. */
export class RollcallDevices {
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  /** Resolves when all are connected. @param perSecond that begin to connect */
  static async connect(url: string, auths: readonly DeviceAuth[], processes: number, perSecond: number) {
    const file = join(import.meta.dirname, 'rollcallDevices.process.ts');
    const devices = new RollcallDevices(Array.from({ length: processes }, () => fork(file, { stdio: 'inherit' })));
    try {
      await Promise.all(
        devices.#children.map((child, i) => {
          const own = auths.filter((_, j) => j % processes === i);
          const order = { type: 'connect', url, devices: own, perSecond: perSecond / processes } as const;
          return ask(child, order, 'connected', 300_000);
        }),
      );
      return devices;
    } catch (error) {
      await devices.close();
      throw error;
    }
  }

  /** All answer the next round within `spreadMs` of their prompts. @param mostNumber each with some number up to it */
  async expect(spreadMs: number, mostNumber?: number): Promise<void> {
    await Promise.all(this.#children.map((child) => ask(child, { type: 'answer', spreadMs, mostNumber }, 'ready')));
  }

  async progress(): Promise<{ prompted: number; acknowledged: number; connected: number }> {
    const all = await Promise.all(this.#children.map((child) => ask(child, { type: 'progress' }, 'progress')));
    const sum = (field: 'prompted' | 'acknowledged' | 'connected') => all.reduce((total, one) => total + one[field], 0);
    return { prompted: sum('prompted'), acknowledged: sum('acknowledged'), connected: sum('connected') };
  }

  /** Resolves when so many have their acknowledgement. */
  async acknowledged(count: number, patienceMs: number): Promise<void> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const progress = await this.progress();
      if (progress.acknowledged >= count) return;
      if (performance.now() > end) throw new Error(`not ${count} acknowledged in time: ${JSON.stringify(progress)}`);
      await wait(100);
    }
  }

  async results(): Promise<DeviceResult[]> {
    const all = await Promise.all(this.#children.map((child) => ask(child, { type: 'results' }, 'results', 120_000)));
    return all.flatMap(({ results }) => results);
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.send({ type: 'stop' } satisfies DeviceOrder);
      await exited;
    }
  }
}

function ask<T extends DeviceReport['type']>(
  child: ChildProcess,
  order: DeviceOrder,
  wanted: T,
  patienceMs = 60_000,
): Promise<ReportOf<T>> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      child.off('message', take).off('exit', died);
    };
    const fail = (message: string) => {
      done();
      reject(new Error(message));
    };
    const timer = setTimeout(() => fail(`the devices do not say ${wanted}`), patienceMs);
    const died = (code: number | null) => fail(`a process of devices ended with status ${code}`);
    const take = (report: DeviceReport) => {
      if (report.type === 'failed') fail(report.message);
      else if (report.type === wanted) {
        done();
        resolve(report as ReportOf<T>);
      }
    };
    child.on('message', take).on('exit', died);
    child.send(order);
  });
}
