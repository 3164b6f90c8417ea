import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import {
  decodeLines,
  LINE_REPORT_BYTES,
  readLines,
  WORKER_GET_LINES,
  WORKER_GET_LINES_REQUEST,
  WORKER_GET_LINES_RESPONSE,
} from './lineReport.ts';
import type { WorkerChannel } from './workerChannel.ts';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('mediasoup'));
const { ByteBuffer, Builder } = createRequire(join(library, 'index.js'))('flatbuffers');
const { Response, Body } = require(join(library, 'fbs/response'));
const last = (values: Record<string, number | string>) =>
  Math.max(...Object.values(values).filter((value) => typeof value === 'number'));

test('the request for lines comes right after that to repoint, and its answer after those that mediasoup has', () => {
  const requests = require(join(library, 'fbs/request'));
  assert.equal(WORKER_GET_LINES, last(requests.Method) + 2);
  assert.equal(WORKER_GET_LINES_REQUEST, last(requests.Body) + 2);
  assert.equal(WORKER_GET_LINES_RESPONSE, last(Body) + 1);
});

test('a line is read as it was written', () => {
  const bytes = Buffer.alloc(LINE_REPORT_BYTES);
  const id = '0d6ad3a4-8f0c-4a3f-9e8b-4f3ab1c0ffee';
  bytes.write(id);
  bytes.writeUInt32LE(70_000, 36);
  bytes.writeInt32LE(-3, 40);
  bytes.writeFloatLE(12.5, 44);
  bytes.writeUInt32LE(4_000_000_000, 48);
  bytes.writeUInt32LE(600_000, 52);
  bytes.set([64, 128], 56);
  assert.deepEqual(
    [...decodeLines(bytes)],
    [
      [
        id,
        {
          ...{ sent: 70_000, lost: -3, rttMs: 12.5, bitrateIn: 4_000_000_000, availableOut: 600_000 },
          ...{ fractionLost: 0.25, lostBefore: 0.5 },
        },
      ],
    ],
  );
});

test('bytes of anybody else are lines of nobody: none throws, and no value is out of its range', () => {
  for (let run = 0; run < 2000; run++) {
    const bytes = randomBytes(Math.floor(Math.random() * 5 * LINE_REPORT_BYTES));
    const lines = decodeLines(new Uint8Array(bytes));
    assert.ok(lines.size <= bytes.length / LINE_REPORT_BYTES);
    for (const { sent, lost, rttMs, bitrateIn, availableOut, fractionLost, lostBefore } of lines.values()) {
      for (const whole of [sent, lost, bitrateIn, availableOut]) assert.ok(Number.isInteger(whole));
      assert.ok(Number.isFinite(rttMs) && rttMs >= 0);
      for (const share of [fractionLost, lostBefore]) assert.ok(share >= 0 && share < 1);
    }
  }
});

test('an answer of which the table itself is nonsense ends, and throws nothing', async () => {
  for (let run = 0; run < 500; run++) {
    const bytes = new Uint8Array(randomBytes(200));
    const channel = {
      bufferBuilder: new Builder(64),
      request: async () => {
        const response = new Response().__init(Math.floor(Math.random() * 200), new ByteBuffer(bytes));
        return { bodyType: () => WORKER_GET_LINES_RESPONSE, body: (table: object) => response.body(table) ?? table };
      },
    } as unknown as WorkerChannel;
    const told = await readLines(channel).then(
      ({ lines }) => lines,
      (error: unknown) => error,
    );
    assert.ok(told instanceof Map || told instanceof TypeError, String(told));
  }
});
