import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamSender } from './StreamSender.ts';

const EVERY_MS = 50;
const frames = Array.from({ length: 8 }, (_, nr) => Buffer.of(nr));
const file = { fourcc: 'VP80', width: 320, height: 180, fps: 1000 / EVERY_MS, frames };

/** Numbers of the frames that go out in so many ticks. */
function sent(ticks: number, isLoopWhole: boolean | undefined): readonly number[] {
  const found: number[] = [];
  let counted = 0;
  const sender = new StreamSender(file, {
    ssrc: 1,
    payloadType: 96,
    clockRate: 90_000,
    extensions: [],
    recordedEveryMs: EVERY_MS,
    isLoopWhole,
    transportCc: { id: 3, next: () => counted++ },
    send: (packet) => found.push(packet.at(-1) ?? -1),
  });
  for (let i = 0; i < ticks; i++) sender.tick(i * EVERY_MS);
  return found;
}

test('DC14 each round of a made-up unit’s picture begins with its key frame', () => {
  assert.deepEqual(sent(18, true), [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
});

test('a recording that is measured with is sent as an encoder sends, with a key frame where one is asked for', () => {
  assert.deepEqual(sent(18, undefined), [0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3]);
});
