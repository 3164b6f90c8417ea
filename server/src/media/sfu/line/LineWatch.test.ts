import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { types as ms } from 'mediasoup';
import { type FlowingTrack, LineWatch } from './LineWatch.ts';
import type { LineStep } from './ladder.ts';
import type { LineReport } from './lineReport.ts';

const good: LineReport = {
  ...{ sent: 0, lost: 0, rttMs: 40, bitrateIn: 0, availableOut: 0, fractionLost: 0, lostBefore: 0 },
};

/** A viewer of one picture, for whom the worker tells this. */
function viewer(kind: ms.MediaKind = 'video') {
  const consumer = Object.assign(new EventEmitter(), { kind, paused: false, producerPaused: false });
  let reports: LineReport[] = [good];
  const steps: LineStep[] = [];
  const watch = new LineWatch({
    flowing: () => reports.map((report): FlowingTrack => ({ consumer: consumer as unknown as ms.Consumer, report })),
    apply: (step) => steps.push(step),
  });
  watch.add(consumer as unknown as ms.Consumer);
  const tell = (...told: Partial<LineReport>[]): void => {
    reports = told.map((each) => ({ ...good, ...each }));
    watch.reported();
  };
  return { watch, consumer, steps, tell };
}

test('a good line is not watched, however long it is told of', () => {
  const { watch, tell } = viewer();
  for (let second = 1; second < 100; second++) tell({ sent: second * 100 });
  assert.equal(watch.isWatching, false);
  assert.equal(watch.last, undefined);
});

for (const [what, told] of Object.entries({
  'loses a tenth': { fractionLost: 0.1 },
  'has a long way': { rttMs: 450 },
}))
  test(`a line that ${what} is watched from that report on, though the worker's score says nothing`, () => {
    const { watch, tell } = viewer();
    tell({ sent: 100, ...told });
    assert.equal(watch.isWatching, true);
    tell({ sent: 200, lost: 0, ...told });
    assert.equal(watch.last?.loss, 0);
  });

test('what was lost on the way to us, or what does not flow, is no reason', () => {
  const { watch, consumer, tell } = viewer();
  tell({ sent: 100, fractionLost: 0.3, lostBefore: 0.3 });
  tell();
  consumer.paused = true;
  consumer.emit('score', { score: 2, producerScore: 10 });
  assert.equal(watch.isWatching, false);
});

test('a low score is compared with what was told last, so that the next report is a verdict', () => {
  const { watch, consumer, steps, tell } = viewer();
  tell({ sent: 1000, lost: 0 });
  consumer.emit('score', { score: 4, producerScore: 10 });
  tell({ sent: 1100, lost: 40, rttMs: 50 });
  assert.equal(watch.last?.loss, 0.4);
  assert.deepEqual(steps, [{ video: 'capped', spatial: 0 }]);
});

test('nothing is looked at any more after it was closed', () => {
  const { watch, tell } = viewer();
  watch.close();
  tell({ sent: 100, fractionLost: 0.5 });
  watch.wake();
  assert.equal(watch.isWatching, false);
});
