import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterAbsence, firstPlan, type Look, nextPlan, type StillPlan } from './stillPlan.ts';

const look = (now: number, more: Partial<Look> = {}): Look => ({
  ...{ now, frameAt: undefined, line: 'good', hasStill: true },
  ...more,
});
const run = (plan: StillPlan, looks: readonly Look[]): string[] => {
  const kinds: string[] = [];
  for (const each of looks) {
    plan = nextPlan(plan, each);
    kinds.push(plan.kind);
  }
  return kinds;
};

test('SH8 stills come when no first frame does for three seconds, and at once on a line that is judged weak', () => {
  assert.deepEqual(run(firstPlan(0), [look(500), look(2_999), look(3_000)]), ['picture', 'picture', 'still']);
  assert.deepEqual(run(firstPlan(0), [look(500, { line: 'weak' })]), ['still']);
});

test('SH8 a picture that stands is left alone on a good line, and given up on a weak one', () => {
  const seen = nextPlan(firstPlan(0), look(900, { frameAt: 800 }));
  assert.deepEqual(run(seen, [look(60_000, { frameAt: 800 })]), ['picture']);
  assert.deepEqual(run(seen, [look(3_700, { frameAt: 800, line: 'weak' })]), ['picture']);
  assert.deepEqual(run(seen, [look(3_800, { frameAt: 800, line: 'weak' })]), ['still']);
});

test('SH8 a page that was hidden waits for frames anew before it judges', () => {
  const seen = nextPlan(firstPlan(0), look(900, { frameAt: 800 }));
  const back = afterAbsence(seen, 100_000);
  assert.deepEqual(run(back, [look(102_000, { frameAt: 800, line: 'weak' })]), ['picture']);
  assert.deepEqual(run(back, [look(103_000, { frameAt: 800, line: 'weak' })]), ['still']);
});

test('SH8 a line that was good for a while tries the picture; in vain, it waits twice as long, four minutes at most', () => {
  let plan = nextPlan(firstPlan(0), look(3_000));
  let now = 3_000;
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    const began = now;
    plan = nextPlan(plan, look(now));
    while (plan.kind === 'still') {
      now += 1_000;
      plan = nextPlan(plan, look(now));
    }
    waits.push(now - began);
    while (plan.kind === 'trial') {
      now += 1_000;
      plan = nextPlan(plan, look(now));
    }
  }
  assert.deepEqual(waits, [15_000, 30_000, 60_000, 120_000, 240_000, 240_000]);
  const weakBetween = [look(3_000), look(17_000, { line: 'weak' }), look(18_000), look(32_000), look(33_000)];
  assert.deepEqual(run(nextPlan(firstPlan(0), look(3_000)), weakBetween).slice(-2), ['still', 'trial']);
});

test('SH8 the still goes when a frame is there; what held for a minute is trusted again', () => {
  const trial: StillPlan = { kind: 'trial', since: 20_000, wait: 60_000 };
  const tried = nextPlan(trial, look(21_000, { frameAt: 20_500 }));
  assert.deepEqual(tried, { kind: 'picture', since: 20_000, wait: 120_000, seen: true });
  assert.equal(nextPlan(tried, look(79_000, { frameAt: 78_900 })).wait, 120_000);
  assert.equal(nextPlan(tried, look(80_000, { frameAt: 79_900 })).wait, 15_000);
  assert.equal(nextPlan(trial, look(21_000, { line: 'weak' })).kind, 'still');
});

test('SH8 where nobody takes stills the picture stays wanted, and is shown when it comes late', () => {
  const waiting = nextPlan(firstPlan(0), look(3_000, { hasStill: false }));
  assert.deepEqual(run(waiting, [look(9_000, { hasStill: false, frameAt: 8_000 })]), ['picture']);
  assert.deepEqual(
    run(waiting, [look(9_000, { frameAt: 8_000 })]),
    ['still'],
    'a frame that was on its way changes nothing',
  );
});
