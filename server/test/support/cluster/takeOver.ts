import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { VirtualTime } from './VirtualTime.ts';

type Run = (...args: unknown[]) => void;

/**
 * Timers, the monotonic clock and the names that processes give themselves follow a world, so that the real code in it
 * does the same again by the same seed. @returns what ends that
 */
export function takeOver(time: VirtualTime, random: () => number): () => void {
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
  const promised = { setTimeout: timers.setTimeout, setImmediate: timers.setImmediate };
  const [now, randomUUID] = [performance.now, crypto.randomUUID];
  const cancel = (timer?: { cancel?: () => void }) => timer?.cancel?.();
  Object.assign(globalThis, {
    setTimeout: (run: Run, ms = 0, ...args: unknown[]) => time.alarm(ms, () => run(...args)),
    setInterval: (run: Run, ms = 0, ...args: unknown[]) => time.alarm(ms, () => run(...args), true),
    setImmediate: (run: Run, ...args: unknown[]) => time.alarm(0, () => run(...args)),
    ...{ clearTimeout: cancel, clearInterval: cancel, clearImmediate: cancel },
  });
  performance.now = () => time.nowHere;
  const sleep = (ms: number, value?: unknown) => new Promise((resolve) => time.alarm(ms, () => resolve(value)));
  Object.assign(timers, { setTimeout: sleep, setImmediate: (value?: unknown) => sleep(0, value) });
  crypto.randomUUID = () => uuidOf(random);
  syncBuiltinESMExports();
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate });
    performance.now = now;
    Object.assign(timers, promised);
    crypto.randomUUID = randomUUID;
    syncBuiltinESMExports();
  };
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
