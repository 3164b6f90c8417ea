import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bothWaited, PictureLag, waitedIn } from './PictureLag.ts';

test('FG106 a picture lags by what its frames have waited since the look before, and not at all where none comes or it stands still', () => {
  const lag = new PictureLag();
  const look = (seconds: number, frames: number): number => {
    lag.look({ seconds, frames });
    return Math.round(lag.ms);
  };
  assert.equal(look(100, 50), 0, 'of the time before nothing is known');
  assert.equal(look(102, 70), 100);
  assert.equal(look(142, 90), 2_000);
  assert.equal(look(142, 90), 0);
  assert.equal(look(342, 100), 5_000, 'at most');
  lag.look(undefined);
  assert.equal(lag.ms, 0);
  assert.equal(look(1, 5), 0);
  assert.equal(look(2, 3), 0, 'another picture began');
});

test('FG106 it is read of pictures that come in, of all of them together', () => {
  const video = { type: 'inbound-rtp', kind: 'video', jitterBufferDelay: 2, jitterBufferEmittedCount: 20 };
  assert.deepEqual(waitedIn(video), { seconds: 2, frames: 20 });
  assert.equal(waitedIn({ ...video, kind: 'audio' }), undefined);
  assert.equal(waitedIn({ ...video, type: 'outbound-rtp' }), undefined);
  assert.deepEqual(bothWaited(waitedIn(video), waitedIn(video)), { seconds: 4, frames: 40 });
  assert.deepEqual(bothWaited(undefined, waitedIn(video)), { seconds: 2, frames: 20 });
});
