import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cast, type Speaker } from './Cast.ts';
import { people } from './looks.ts';
import { HALF_SECONDS } from './recordings.ts';

const TURN_MS = 1_000 * HALF_SECONDS;

class Listed implements Speaker {
  isSpeaking = false;
  speaks(isSpeaking: boolean): void {
    this.isSpeaking = isSpeaking;
  }
}

test('DC14 each on air is another person as long as there are enough', () => {
  const cast = new Cast();
  const all = Array.from({ length: people.length + 1 }, () => new Listed());
  const persons = all.map((one) => cast.enter(one, 5));
  assert.equal(new Set(persons.slice(0, people.length)).size, people.length);
  assert.equal(persons[0], 5);
  assert.equal(persons.at(-1), 5, 'two are alike only when all are taken');
  for (const one of all.slice(0, 3)) cast.leave(one);
  assert.equal(cast.enter(new Listed(), 6), 6, 'who has left is free again');
});

test('DC14 they speak by turns: who comes speaks first, one alone pauses, who has left is not waited for', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const cast = new Cast();
  const all = [new Listed(), new Listed(), new Listed()] as const;
  const speaking = () => all.flatMap(({ isSpeaking }, i) => (isSpeaking ? [i] : []));
  const turns = (n: number) =>
    Array.from({ length: n }, () => {
      t.mock.timers.tick(TURN_MS);
      return speaking();
    });
  const come = (i: 0 | 1 | 2): void => {
    cast.enter(all[i], i);
    cast.begin(all[i]);
  };
  come(0);
  assert.deepEqual(speaking(), [0]);
  assert.deepEqual(turns(3), [[], [0], []]);
  come(1);
  come(2);
  assert.deepEqual(speaking(), [2]);
  assert.deepEqual(turns(4), [[0], [1], [2], [0]]);
  cast.leave(all[1]);
  assert.deepEqual(turns(3), [[2], [0], [2]]);
  for (const one of all) cast.leave(one);
  assert.deepEqual(turns(1), [[2]], 'who has left is told nothing more, and no timer runs on');
});
