import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineController, type LineSample } from './LineController.ts';
import type { LineStep } from './ladder.ts';

const name = (step: LineStep): string =>
  step.video === 'capped' ? `${step.spatial}${step.temporal === undefined ? '' : `T${step.temporal}`}` : step.video;

const clean: LineSample = { loss: 0, rttMs: 20 };
/** 300 kbit/s, 2 % lost, 150 ms, with what it can carry. */
const thin: LineSample = { loss: 0.02, rttMs: 160 };
const drowned: LineSample = { loss: 0.6, rttMs: 600 };

/** Feeds a sample a second and tells each step with the second in which it began. */
function run(
  controller: LineController,
  samples: (second: number, step: string) => LineSample,
  from: number,
  to: number,
): string[] {
  const seen: string[] = [];
  for (let second = from; second < to; second++)
    if (controller.take(samples(second, name(controller.step)), second * 1000))
      seen.push(`${second}:${name(controller.step)}`);
  return seen;
}

const table: {
  name: string;
  layers: number;
  samples: (second: number, step: string) => LineSample;
  seconds: number;
  steps: string[];
}[] = [
  { name: 'a good line is left alone', layers: 3, samples: () => clean, seconds: 300, steps: [] },
  { name: '2 % of loss on a thin line is left alone', layers: 3, samples: () => thin, seconds: 300, steps: [] },
  {
    name: 'a single bad second is left alone',
    layers: 3,
    samples: (s) => (s === 10 ? { loss: 0.2, rttMs: 20 } : clean),
    seconds: 60,
    steps: [],
  },
  {
    name: 'two bad seconds: to the lowest layer at once',
    layers: 3,
    samples: (s) => (s === 10 || s === 11 ? { loss: 0.2, rttMs: 20 } : clean),
    seconds: 20,
    steps: ['11:0'],
  },
  {
    name: 'one severe second is enough',
    layers: 3,
    samples: (s) => (s === 10 ? drowned : clean),
    seconds: 20,
    steps: ['10:0'],
  },
  {
    name: 'a queue counts without any loss',
    layers: 3,
    samples: (s) => (s < 10 ? clean : { loss: 0, rttMs: 420 }),
    seconds: 14,
    steps: ['11:0'],
  },
  {
    name: 'nothing helps: fewer frames, then sound alone, and no further',
    layers: 3,
    samples: () => drowned,
    seconds: 60,
    steps: ['0:0', '3:0T0', '6:none'],
  },
  {
    name: 'tracks of one layer have one step less',
    layers: 1,
    samples: () => drowned,
    seconds: 60,
    steps: ['0:0', '3:0T0', '6:none'],
  },
  {
    name: 'a line that recovers climbs step by step',
    layers: 3,
    samples: (s) => (s < 8 ? drowned : clean),
    seconds: 80,
    steps: ['0:0', '3:0T0', '6:none', '21:0T0', '34:0', '59:1', '72:free'],
  },
];

for (const { name: title, layers, samples, seconds, steps } of table)
  test(title, () => assert.deepEqual(run(new LineController(layers), samples, 0, seconds), steps));

test('a line that carries the lowest layer and no more is tried more and more rarely', () => {
  const carries = (_second: number, step: string) => (['0', '0T0', 'none'].includes(step) ? thin : drowned);
  const steps = run(new LineController(3), carries, 0, 900);
  assert.equal(steps[0], '0:0');
  const attempts = steps.filter((s) => s.endsWith(':1')).map((s) => Number.parseInt(s, 10));
  const pauses = attempts.slice(1).map((at, i) => at - (attempts[i] as number));
  assert.ok(attempts.length >= 4 && attempts.length <= 7, `${attempts.length} attempts in 15 minutes`);
  assert.ok(
    pauses.every((p, i) => i === 0 || p > (pauses[i - 1] as number) || p >= 240),
    `pauses of ${pauses} s`,
  );
  assert.ok(
    steps.every((s) => !s.endsWith('none') && !s.endsWith('0T0')),
    'never below what it carries',
  );
});

test('PL5 another connection goes on at the step that was reached, and waits as long before it tries the next', () => {
  const carries = (_second: number, step: string) => (['0', '0T0', 'none'].includes(step) ? thin : drowned);
  const before = new LineController(3);
  run(before, carries, 0, 100);
  assert.equal(name(before.step), '0');
  const after = new LineController(3, before.known);
  assert.equal(name(after.step), '0');
  assert.deepEqual(after.known, before.known);
  const [first] = run(after, carries, 1_000, 1_400);
  assert.equal(first, `${1_000 + (before.known?.climbAfterMs ?? 0) / 1_000}:1`);
  assert.equal(new LineController(3).known, undefined, 'it carries everything');
  const single = new LineController(1, { at: 5, climbAfterMs: 12_000 });
  assert.equal(name(single.step), 'free', 'a ladder of fewer steps');
});

test('isCalm: only after half a minute of a free, good line', () => {
  const controller = new LineController(3);
  run(controller, () => clean, 0, 20);
  assert.equal(controller.isCalm(20_000), false);
  run(controller, () => clean, 20, 40);
  assert.equal(controller.isCalm(40_000), true);
  run(controller, () => drowned, 40, 41);
  assert.equal(controller.isCalm(41_000), false);
});
