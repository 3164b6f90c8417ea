import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';

const RESOLUTION_MS = 5;

const readingSchema = z.object({
  /** Of the whole process since its start, ms. */
  cpuMs: z.number(),
  /** By how much its loop was late since the last reading, ms. */
  lateP99Ms: z.number(),
  lateMaxMs: z.number(),
  /** The most CPU that its thread took between two turns of a timer of some milliseconds, ms: late it is also without a core. */
  workMaxMs: z.number(),
});
export type MeterReading = z.output<typeof readingSchema>;

/** In the process that is measured: says on a port of loopback what it used, and how late its loop was. */
export function serveMeter(port: number): void {
  const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  late.enable();
  const work = watchWork();
  const session = new Session();
  createServer(async ({ url }, response) => {
    if (url === '/profile') await startProfile(session);
    if (url === '/profiled') return void response.end(JSON.stringify((await session.post('Profiler.stop')).profile));
    const { user, system } = process.cpuUsage();
    const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const reading: MeterReading = {
      cpuMs: (user + system) / 1e3,
      ...{ lateP99Ms: ms(late.percentile(99)), lateMaxMs: ms(late.max) },
      workMaxMs: work(),
    };
    late.reset();
    response.end(JSON.stringify(reading));
  }).listen(port, '127.0.0.1');
}

/** @returns the most of it since it was asked last */
function watchWork(): () => number {
  let before = process.threadCpuUsage();
  let most = 0;
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    most = Math.max(most, (user + system) / 1e3);
    before = process.threadCpuUsage();
  }, RESOLUTION_MS).unref();
  return () => {
    const found = most;
    most = 0;
    return found;
  };
}

async function startProfile(session: Session): Promise<void> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

/** What it used since its start, and how late it was since it was asked last. */
export const readMeter = async (port: number): Promise<MeterReading> =>
  readingSchema.parse(await (await fetch(`http://127.0.0.1:${port}/`)).json());

export const beginProfile = async (port: number): Promise<unknown> => fetch(`http://127.0.0.1:${port}/profile`);
/** @returns a `.cpuprofile` since `beginProfile` */
export const endProfile = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/profiled`)).text();
