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
  let asked = 0;
  const stalls = new Stalls(LOOK_MS, now);
  const wire = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, ping: () => asked++, terminate: () => told.push('cut') },
  });
  const events = {
    ...{ request: () => undefined, malformed: () => undefined, closed: () => undefined },
    silent: (silent: boolean) => void told.push(silent ? 'silent' : 'heard'),
  };
  const signal = new SignalSocket(wire as unknown as WebSocket, { take: () => true }, events, () => now);
  const look = (at: number, watched = false): void => {
    now = at;
    signal.check(watched ? 0 : stalls.look(now), watched);
  };
  return { told, look, hear: () => wire.emit('pong'), asked: () => asked };
}

test('a client that says nothing is silent after 11 s, and cut off after 30', () => {
  const { told, look } = socket();
  for (let at = LOOK_MS; at <= 12_500; at += LOOK_MS) look(at);
  assert.deepEqual(told, ['silent']);
  for (let at = 15_000; at <= 32_500; at += LOOK_MS) look(at);
  assert.deepEqual(told, ['silent', 'cut']);
});

test('FL23 a speaker from whom no media comes is asked each second, and silent after 4 s', () => {
  const { told, look, hear, asked } = socket();
  for (let at = 1_000; at <= 3_000; at += 1_000) look(at, true);
  assert.equal(asked(), 2);
  hear();
  for (let at = 4_000; at <= 7_000; at += 1_000) look(at, true);
  assert.deepEqual(told, []);
  look(8_000, true);
  assert.deepEqual(told, ['silent']);
  hear();
  assert.deepEqual(told, ['silent', 'heard']);
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
