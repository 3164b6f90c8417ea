import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteBudget } from './ByteBudget.ts';

const limits = { owner: 100, address: 150, all: 200 };
const of = (owner: string | undefined, address: string) => ({ owner, address });

test('HT14 bytes in flight are counted by owner, by network and in all, and given back at once', () => {
  const budget = new ByteBudget(limits);
  const one = budget.open(of('a', 'x'));
  assert.equal(one.take(60), undefined);
  const two = budget.open(of('a', 'y'));
  assert.equal(two.take(41), 'owner', 'from wherever the account sends');
  assert.equal(two.take(40), undefined);
  assert.equal(budget.open(of('b', 'x')).take(91), 'address');
  const three = budget.open(of('b', 'x'));
  assert.equal(three.take(90), undefined);
  assert.equal(budget.open(of('c', 'z')).take(11), 'all');
  assert.equal(budget.held, 190);
  one.release();
  one.release();
  assert.equal(budget.held, 130);
  assert.equal(budget.open(of('c', 'z')).take(11), undefined);
  two.release();
  assert.equal(two.take(1_000), undefined, 'what is over takes nothing');
  assert.equal(budget.held, 101);
});

test('HT14 when all is taken by strangers, the network that holds most gives way, its oldest first', () => {
  const budget = new ByteBudget({ owner: 0, address: 150, all: 200 }, { evicts: true });
  const gone: string[] = [];
  const open = (address: string, name: string) => budget.open(of(undefined, address), () => gone.push(name));
  for (const name of ['a', 'b', 'c']) assert.equal(open('many', name).take(50), undefined);
  assert.equal(open('few', 'd').take(50), undefined);
  assert.equal(open('new', 'e').take(60), undefined);
  assert.deepEqual(gone, ['a', 'b']);
  assert.equal(budget.held, 160);
  assert.equal(open('new', 'f').take(80), 'all', 'the newcomer is whose network holds most');
});
