import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { LoadMeter } from './LoadMeter.ts';
import { readSent } from './sent.ts';

test('PL2 what the machine sends is read from the kernel', async () => {
  const before = await readSent();
  assert.ok(before);
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  for (let i = 0; i < 100; i++) await new Promise((sent) => socket.send(Buffer.alloc(1_000), port, '127.0.0.1', sent));
  socket.close();
  const after = await readSent();
  assert.ok(after && after.packets - before.packets >= 100);
  assert.ok(after.bytes - before.bytes >= 100_000);
  assert.equal(await readSent('/nowhere'), undefined);
});

test('PL2 load is what happened between two looks, and a counter that began anew is no load', async () => {
  let sent = { packets: 1_000, bytes: 10_000_000 };
  let cpu = 50;
  const meter = new LoadMeter(
    async () => cpu,
    async () => sent,
  );
  await meter.look();
  assert.deepEqual(meter.work, { packets: 0, mbit: 0, workers: 0, loop: 0 });
  sent = { packets: 3_000, bytes: 12_000_000 };
  cpu = 51;
  await meter.look();
  const { packets, mbit, workers, loop } = meter.work;
  // All three counters by the same time between the looks.
  assert.ok(packets > 0 && Math.abs(mbit / packets - 16 / 2_000) < 1e-9);
  assert.ok(Math.abs(workers / packets - 1 / 2_000) < 1e-9);
  assert.ok(loop >= 0 && loop <= 1);
  sent = { packets: 1, bytes: 1 };
  cpu = 0;
  await meter.look();
  assert.deepEqual({ ...meter.work, loop: 0 }, { packets: 0, mbit: 0, workers: 0, loop: 0 });
});
