import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SenderOptions, StreamSender } from './StreamSender.ts';

const EVERY_MS = 50;

/** A sender and what it sent. Each frame is filled with its number, so the last byte of a packet tells its frame. */
class Line {
  readonly sent: number[] = [];
  readonly sender: StreamSender;
  #now = 0;

  constructor(frames: readonly Buffer[], fourcc: 'VP80' | 'OPUS', isLoopWhole?: boolean) {
    let counted = 0;
    const options: SenderOptions = {
      ssrc: 1,
      payloadType: 96,
      clockRate: 90_000,
      extensions: [],
      recordedEveryMs: EVERY_MS,
      isLoopWhole,
      transportCc: { id: 3, next: () => counted++ },
      send: (packet) => this.sent.push(packet.at(-1) ?? -1),
    };
    this.sender = new StreamSender({ fourcc, width: 320, height: 180, fps: 1000 / EVERY_MS, frames }, options);
  }

  tick(times: number): readonly number[] {
    const before = this.sent.length;
    for (let i = 0; i < times; i++) this.sender.tick(EVERY_MS * this.#now++);
    return this.sent.slice(before);
  }
}

const numbered = (count: number, size = 1): Buffer[] =>
  Array.from({ length: count }, (_, nr) => Buffer.alloc(size, nr));

test('DC14 each round of a made-up unit’s picture begins with its key frame', () => {
  const line = new Line(numbered(8), 'VP80', true);
  assert.deepEqual(line.tick(18), [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
});

test('a recording that is measured with is sent as an encoder sends, with a key frame where one is asked for', () => {
  const line = new Line(numbered(8), 'VP80');
  assert.deepEqual(line.tick(18), [0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3]);
});

test('DC14 a part of a recording is sent again and again, from its begin at once', () => {
  const line = new Line(numbered(8), 'VP80', true);
  line.tick(2);
  line.sender.play(0.2, 0.35);
  assert.deepEqual(line.tick(7), [4, 5, 6, 4, 5, 6, 4]);
});

test('DC14 of sound in which nothing is said no packet goes out', () => {
  const [voice, silent, empty] = [Buffer.alloc(90, 1), Buffer.alloc(28, 2), Buffer.alloc(2, 3)];
  const line = new Line([voice, silent, empty, empty, silent], 'OPUS');
  assert.deepEqual(line.tick(7), [1, 1]);
});
