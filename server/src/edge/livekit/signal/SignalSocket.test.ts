import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { WebSocket } from 'ws';
import { Stalls } from '../../../lib/Stalls.ts';
import { SignalSocket } from './SignalSocket.ts';

const LOOK_MS = 2_500;

/** A socket that is looked at as often as this process runs, and what was said of it. */
function socket() {
  const told: string[] = [];
  let now = 0;
  const stalls = new Stalls(LOOK_MS, now);
  const wire = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, ping: () => undefined, terminate: () => told.push('cut') },
  });
  const events = {
    ...{ request: () => undefined, malformed: () => undefined, closed: () => undefined },
    silent: (silent: boolean) => void told.push(silent ? 'silent' : 'heard'),
  };
  const signal = new SignalSocket(wire as unknown as WebSocket, { take: () => true }, events, () => now);
  const look = (at: number): void => {
    now = at;
    signal.check(stalls.look(now));
  };
  return { told, look, hear: () => wire.emit('pong') };
}

test('a client that says nothing is silent after 11 s, and cut off after 30', () => {
  const { told, look } = socket();
  for (let at = LOOK_MS; at <= 12_500; at += LOOK_MS) look(at);
  assert.deepEqual(told, ['silent']);
  for (let at = 15_000; at <= 32_500; at += LOOK_MS) look(at);
  assert.deepEqual(told, ['silent', 'cut']);
});

test('what a client may have said while this process did not run is not held against it', () => {
  const { told, look, hear } = socket();
  look(LOOK_MS);
  look(60_000);
  assert.deepEqual(told, []);
  hear();
  for (let at = 62_500; at <= 70_000; at += LOOK_MS) look(at);
  assert.deepEqual(told, []);
  for (let at = 72_500; at <= 80_000; at += LOOK_MS) look(at);
  assert.deepEqual(told, ['silent']);
});
