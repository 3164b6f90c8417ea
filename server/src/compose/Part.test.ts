import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ActName, acts } from '../protocol/channel.ts';
import { actsOf, gather, type Part } from './Part.ts';

const handlers = (names: readonly string[]): NonNullable<Part['acts']> =>
  Object.fromEntries(names.map((name) => [name, () => ({})]));
const [first = '', ...others] = Object.keys(acts) as ActName[];
/** As the compiler does not see it: what it would refuse is refused at the start all the same. */
const start = (...parts: readonly Part[]) => actsOf(parts as never);

test('the acts of all parts together are those of the protocol', () => {
  const found = start({ name: 'a', acts: handlers([first]) }, { name: 'b', acts: handlers(others) }, { name: 'c' });
  assert.deepEqual(Object.keys(found), Object.keys(acts));
});

test('an act without a handler, with two, or that the protocol does not name is refused with a sentence', () => {
  const rest: Part = { name: 'rest', acts: handlers(others) };
  assert.throws(() => start(rest), { message: `nobody handles ${first}` });
  const twice = [rest, { name: 'a', acts: handlers([first]) }, { name: 'b', acts: handlers([first]) }];
  assert.throws(() => start(...twice), { message: `the act ${first} has two handlers: a and b` });
  const odd = { name: 'a', acts: handlers(['round.unheard']) };
  assert.throws(() => start(rest, odd), { message: 'a handles round.unheard, which the protocol does not name' });
});

test('what parts hand in keeps their order, and a part need hand in nothing', () => {
  const sweep = (name: string) => ({ name, everyMs: 1, run: () => undefined });
  const { sweeps, routes } = gather([
    { name: 'a', sweeps: [sweep('1'), sweep('2')] },
    { name: 'b' },
    { name: 'c', sweeps: [sweep('3')] },
  ]);
  assert.deepEqual([sweeps.map(({ name }) => name), routes], [['1', '2', '3'], []]);
});
