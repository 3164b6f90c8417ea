import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOK_HEIGHT, LOOK_WIDTH, StillMoment } from './stillMoment.ts';

/** A page whose first cells are dark. */
const page = (dark: number): Uint8Array => new Uint8Array(LOOK_WIDTH * LOOK_HEIGHT).fill(255).fill(0, 0, dark);
const begun = (dark = 0): StillMoment => {
  const moment = new StillMoment();
  assert.equal(moment.look(page(dark), 0), true, 'the first one is due at once');
  moment.sent(page(dark), 0);
  return moment;
};

test('SH4 a still is due when what is shown has changed and is calm again, two seconds apart', () => {
  const moment = begun();
  assert.equal(moment.look(page(0), 10_000), false, 'what stands is not sent again');
  assert.equal(moment.look(page(3_000), 11_000), false, 'it moves');
  assert.equal(moment.look(page(3_000), 12_000), true);
  moment.sent(page(3_000), 12_500);
  assert.equal(moment.look(page(3_020), 13_500), false, 'too soon');
  assert.equal(moment.look(page(3_020), 14_500), true, 'a word more');
});

test('SH4 what never calms gives a still every six seconds; a clock alone one in twenty', () => {
  const film = begun();
  const due = Array.from({ length: 8 }, (_, i) => film.look(page(i % 2 === 0 ? 5_000 : 9_000), (i + 1) * 1_000));
  assert.deepEqual(due.indexOf(true), 6);
  const clock = begun();
  const ticks = Array.from({ length: 25 }, (_, i) => clock.look(page(1 + (i % 3)), (i + 1) * 1_000));
  assert.deepEqual(ticks.indexOf(true), 20);
});

test('SH4 noise of a camera or of an encoder is no change', () => {
  const moment = begun(100);
  const noisy = page(100).map((luma) => (luma === 0 ? 8 : 250));
  assert.equal(moment.look(noisy, 60_000), false);
});
