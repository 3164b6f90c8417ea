import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inThread } from './inThread.ts';

const running = (code: string, patienceMs = 60_000) =>
  inThread({ module: new URL(`data:text/javascript,${code}`), data: 7, patienceMs, mostMb: 64 });

test('FG74 IM4 a thread answers, fails, is cut off, or ends without a word: each of them is an answer', async () => {
  const post = "import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(workerData + 1);";
  assert.equal(await running(post), 8);
  await assert.rejects(running('throw new Error("no");'), { message: 'no' });
  await assert.rejects(running('for (;;);', 50), { reason: 'too-large' });
  await assert.rejects(running(''), { reason: 'bad-request' });
});
