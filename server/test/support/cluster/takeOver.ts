import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { Alarm, type VirtualTime } from './VirtualTime.ts';

type Run = (...args: unknown[]) => void;

/** Whose time it is. */
let world: { readonly time: VirtualTime; readonly random: () => number } | undefined;
let isInstalled = false;

/**
 * Timers, the monotonic clock and the names that processes give themselves follow a world, so that the real code in it
 * does the same again by the same seed. @returns what ends that
 */
export function takeOver(time: VirtualTime, random: () => number): () => void {
  if (world) throw new Error('there is another world in this thread');
  if (!isInstalled) install();
  isInstalled = true;
  world = { time, random };
  return () => {
    world = undefined;
  };
}

/** Once for all worlds of a thread: with each other function in their place, whatever was compiled for the last is thrown away. */
function install(): void {
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
  const promised = { setTimeout: timers.setTimeout, setImmediate: timers.setImmediate };
  const [now, randomUUID] = [performance.now.bind(performance), crypto.randomUUID];
  const after =
    <Real extends (...args: never[]) => unknown>(real: Real, again: boolean) =>
    (run: Run, ms = 0, ...args: unknown[]) =>
      world
        ? world.time.alarm(ms, args.length === 0 ? run : () => run(...args), again)
        : real(...([run, ms, ...args] as never[]));
  const cancel =
    (real: (timer: never) => void) =>
    (timer?: unknown): void =>
      timer instanceof Alarm ? timer.cancel() : real(timer as never);
  const soon = (run: Run, ...args: unknown[]) =>
    world ? world.time.alarm(0, () => run(...args)) : setImmediate(run, ...args);
  Object.assign(globalThis, {
    setTimeout: after(setTimeout, false),
    setInterval: after(setInterval, true),
    setImmediate: soon,
    ...{ clearTimeout: cancel(clearTimeout), clearInterval: cancel(clearInterval) },
    clearImmediate: cancel(clearImmediate),
  });
  performance.now = () => (world ? world.time.nowHere : now());
  const sleep = ({ time }: { readonly time: VirtualTime }, ms: number, value?: unknown) =>
    new Promise((resolve) => time.alarm(ms, () => resolve(value)));
  Object.assign(timers, {
    setTimeout: (ms: number, value?: unknown, options?: object) =>
      world ? sleep(world, ms, value) : promised.setTimeout(ms, value, options),
    setImmediate: (value?: unknown, options?: object) =>
      world ? sleep(world, 0, value) : promised.setImmediate(value, options),
  });
  crypto.randomUUID = (options) => (world ? uuidOf(world.random) : randomUUID(options));
  syncBuiltinESMExports();
}

/** Version 4, as any other. */
export function uuidOf(random: () => number): ReturnType<typeof crypto.randomUUID> {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
