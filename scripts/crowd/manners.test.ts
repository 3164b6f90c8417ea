import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARK, Manners } from './manners.ts';

const units = Array.from({ length: 2_000 }, (_, i) => `${10_000 + i}`);
const share = (seed: number, is: (manners: Manners) => boolean): number =>
  units.filter((unit) => is(new Manners(seed, unit))).length / units.length;
const near = (value: number, wanted: number): void =>
  assert.ok(Math.abs(value - wanted) < 0.02, `${value}, not ${wanted}`);

test('DC3 the same seed decides the same, another one differs', () => {
  const all = (seed: number) =>
    JSON.stringify(
      units.slice(0, 50).map((unit) => {
        const manners = new Manners(seed, unit);
        return [
          manners.answer('a'),
          manners.call('b'),
          manners.follow('c'),
          manners.wishes(1, 60_000),
          manners.arrivalMs(9),
        ];
      }),
    );
  assert.equal(all(1), all(1));
  assert.notEqual(all(1), all(2));
});

test('DC3 units answer a roll-call as people do: most soon, some late, by others, absent, or not at all', () => {
  near(
    share(1, (m) => m.answer('r').kind === 'silent'),
    0.05,
  );
  near(
    share(1, (m) => m.answer('r').kind === 'away'),
    0.02,
  );
  near(
    share(1, (m) => m.answer('r').kind === 'late'),
    0.03,
  );
  near(
    share(1, (m) => m.guess('r') !== undefined),
    0.03,
  );
  for (const unit of units) {
    const answer = new Manners(1, unit).answer('r');
    if (answer.kind === 'present') assert.ok(answer.afterMs >= 1_500 && answer.afterMs <= 110_000);
    if (answer.kind === 'away') assert.ok(answer.absence.endsWith(`(${MARK})`));
  }
});

test('DC4 whatever a made-up unit writes says that it is made up', () => {
  for (const unit of units.slice(0, 500)) {
    const manners = new Manners(3, unit);
    for (const { act } of manners.follow('d')) {
      if ('words' in act) assert.ok(act.words.endsWith(`(${MARK})`), act.words);
      if ('name' in act) assert.ok(act.name.endsWith(`(${MARK})`), act.name);
    }
    for (const { words } of manners.wishes(2, 1_000)) assert.ok(words.endsWith(`(${MARK})`));
  }
});

test('DC3 some have a weak line, always the same', () => {
  near(
    share(1, (manners) => manners.loss() > 0),
    0.06,
  );
  const weak = (seed: number) => units.filter((unit) => new Manners(seed, unit).loss() > 0);
  assert.deepEqual(weak(1), weak(1));
  assert.notDeepEqual(weak(1), weak(2));
});

test('DC3 a call is accepted by most, refused by some, and missed by some', () => {
  near(
    share(1, (m) => m.call('x').kind === 'missed'),
    0.1,
  );
  near(
    share(1, (m) => m.call('x').kind === 'refused'),
    0.07,
  );
});

test('DC3 what is done with a directive comes in the order in which it may', () => {
  const order = ['read', 'ask', 'acknowledge', 'start', 'done'];
  for (const unit of units.slice(0, 500)) {
    const acts = new Manners(1, unit).follow('d').map(({ act }) => act.act);
    if (acts.includes('refuse')) assert.deepEqual(acts, ['read', 'refuse']);
    else
      assert.deepEqual(
        acts,
        order.filter((one) => acts.includes(one as (typeof acts)[number])),
      );
  }
});
