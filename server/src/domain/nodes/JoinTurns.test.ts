import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { type Arriving, type JoinPlace, JoinTurns } from './JoinTurns.ts';

const OPENED = Date.parse('2021-08-20T00:30:00.000Z');
const provinces = ['vn.72', 'vn.75', 'vn.79'];
const expected = provinces.flatMap((province) => Array.from({ length: 40 }, (_, i) => `${province}.${i}`));
const names: Readonly<Record<string, string>> = { 'vn.75': 'Tỉnh Đồng Nai', 'vn.79': 'Thành phố Hồ Chí Minh' };

/** A seal that can be read, since what it is made of is tried where it is made. */
const seal = {
  close: async (place: JoinPlace) => JSON.stringify(place),
  open: async (kept: string) => (kept.startsWith('{') ? (JSON.parse(kept) as JoinPlace) : undefined),
};

/** Of somebody who was in long ago. */
const placeOf = (identity: string): string =>
  JSON.stringify({ briefing: 'b', identity, at: OPENED - 600_000, entered: true });

function doorOf(perSecond = 2, nodes = 1) {
  let now = OPENED;
  const wanted = new Set<string>();
  const isWanted = (_: string, { identity, unit }: { identity: string; unit: string }) =>
    wanted.has(identity) || wanted.has(unit);
  const parts = { perSecond, nodes: () => nodes, expected: () => expected, seal, isWanted, now: () => now };
  const make = () => new JoinTurns({ ...parts, nameOf: (path) => names[path] });
  const briefing = { id: 'b', stage: 'vn', scope: ['vn'], openedAt: new Date(OPENED).toISOString(), epoch: 1 };
  const ask = async (turns: JoinTurns, path: string, more: Partial<Arriving> = {}) => {
    try {
      return {
        kept: await turns.enter({
          ...{ briefing, identity: path, account: path, unit: { code: path, path }, atOnce: false },
          ...more,
        }),
        waits: 0,
      };
    } catch (error) {
      if (!(error instanceof DomainError && error.place)) throw error;
      const { kept, at, of } = error.place;
      return { kept, of, waits: Date.parse(at) - now, retry: error.retryAfterSeconds };
    }
  };
  const pass = (ms: number) => (now += ms);
  return { make, ask, pass, wanted };
}

test('PL16 nobody waits while no more come than can be let in', async () => {
  const { make, ask, pass } = doorOf();
  const turns = make();
  for (let i = 0; i < 40; i++) {
    assert.equal((await ask(turns, `vn.79.${i}`)).waits, 0);
    pass(500);
  }
});

test('PL16 in a crowd each part of the country has its turn, and no second is given to more than the rate', async () => {
  const { make, ask } = doorOf();
  const turns = make();
  const inAtOnce = await Promise.all([0, 1, 2, 3].map((i) => ask(turns, `vn.75.${i}`)));
  assert.deepEqual(new Set(inAtOnce.map(({ waits }) => waits)), new Set([0]), 'this second and the next');
  const late = await ask(turns, 'vn.75.10');
  assert.deepEqual(
    [late.waits, late.of, late.retry],
    [20_000, 'Tỉnh Đồng Nai', 20],
    'after the 40 of the province before',
  );
  const first = await ask(turns, 'vn.72.1');
  assert.deepEqual([first.waits, first.of], [2_000, null], 'its turn is now: the first second that is free');
  const all: number[] = [];
  for (const path of expected) all.push((await ask(turns, path)).waits);
  const perSecond = Map.groupBy(
    all.filter((ms) => ms > 1_000),
    (ms) => Math.floor(ms / 1_000),
  );
  assert.ok(Math.max(...[...perSecond.values()].map((list) => list.length)) <= 2);
  assert.ok(Math.max(...all) <= 62_000, 'all 120 are in after a minute');
});

test('PL16 with more nodes the turns are shorter', async () => {
  const { make, ask } = doorOf(2, 4);
  const turns = make();
  for (let i = 0; i < 4; i++) await ask(turns, `vn.72.${i}`);
  assert.equal((await ask(turns, 'vn.79.1')).waits, 10_000);
});

test('PL16 officials and screens never wait, and are counted', async () => {
  const { make, ask } = doorOf();
  const turns = make();
  for (let i = 0; i < 4; i++) assert.equal((await ask(turns, 'vn.79', { atOnce: true, identity: `o${i}` })).waits, 0);
  assert.equal((await ask(turns, 'vn.72.1')).waits, 0, 'the next second');
  for (let i = 0; i < 9; i++) assert.equal((await ask(turns, 'vn.79', { atOnce: true, identity: `m${i}` })).waits, 0);
});

test('PL16 whoever comes after the turn of their part has the first free second', async () => {
  const { make, ask, pass } = doorOf();
  const turns = make();
  pass(300_000);
  for (let i = 0; i < 4; i++) await ask(turns, `vn.72.${i}`);
  const { waits, of } = await ask(turns, 'vn.75.1');
  assert.deepEqual([waits, of], [2_000, null]);
});

test('PL17 a place is kept by whoever asks again, with it and without, and at another node', async () => {
  const { make, ask, pass } = doorOf();
  const [one, other] = [make(), make()];
  for (let i = 0; i < 4; i++) await ask(one, `vn.75.${i}`);
  const { kept, waits } = await ask(one, 'vn.75.10');
  assert.equal(waits, 20_000);
  pass(8_000);
  assert.equal((await ask(one, 'vn.75.10')).waits, 12_000, 'a page that has lost it');
  const again = await ask(other, 'vn.75.10', { kept });
  assert.deepEqual([again.waits, again.of], [12_000, 'Tỉnh Đồng Nai'], 'the first node has died');
  pass(12_000);
  assert.equal((await ask(other, 'vn.75.10', { kept })).waits, 0);
});

test('PL17 whoever was let in does not wait again', async () => {
  const { make, ask, pass } = doorOf();
  const [one, other] = [make(), make()];
  const { kept } = await ask(one, 'vn.72.1');
  pass(600_000);
  for (let i = 0; i < 20; i++) await ask(other, `vn.79.${i}`);
  assert.equal((await ask(other, 'vn.72.1', { kept })).waits, 0);
});

test('PL22 those whose node has died come back at twice the rate, before all who are new, and each at a time that it keeps', async () => {
  const { make, ask, pass } = doorOf();
  const [one, other] = [make(), make()];
  const inside: string[] = [];
  for (let i = 0; i < 30; i++) {
    inside.push((await ask(one, `vn.72.${i}`)).kept);
    pass(500);
  }
  const newcomers = await Promise.all([0, 1, 2, 3, 4].map((i) => ask(other, `vn.79.${i}`)));
  assert.ok(newcomers.at(-1)?.waits, 'there is a crowd already');
  const back = await Promise.all(inside.map((kept, i) => ask(other, `vn.72.${i}`, { kept })));
  const waits = back.map(({ waits }) => waits).toSorted((a, b) => a - b);
  assert.deepEqual(waits.slice(0, 8), Array(8).fill(0), 'four each in this second and the next');
  assert.deepEqual(waits.slice(8, 16), [2_000, 2_000, 2_000, 2_000, 3_000, 3_000, 3_000, 3_000]);
  assert.equal(Math.max(...waits), 7_000, '30 of them at four a second');
  const last = back.findIndex((answer) => answer.waits === 7_000);
  const { kept, of } = back[last] ?? {};
  assert.equal(of, null, 'it is the turn of no part of the country');
  assert.equal((await ask(other, `vn.72.${last}`, { kept: kept ?? '' })).waits, 7_000, 'asked again');
  assert.equal((await ask(make(), `vn.72.${last}`, { kept: kept ?? '' })).waits, 7_000, 'and at another node');
  const late = await Promise.all([37, 38, 39].map((i) => ask(other, `vn.72.${i}`)));
  assert.deepEqual(
    late.map(({ waits }) => waits),
    [7_000, 8_000, 8_000],
    'who is new has what those leave',
  );
  pass(7_000);
  assert.equal((await ask(other, `vn.72.${last}`, { kept: kept ?? '' })).waits, 0);
});

test('PL22 an official and whoever is called do not wait to come back', async () => {
  const { make, ask, wanted } = doorOf();
  const [one, other] = [make(), make()];
  const inside = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(one, `vn.72.${i}`, { atOnce: true })));
  const back = await Promise.all(inside.slice(2).map(({ kept }, i) => ask(other, `vn.72.${i + 2}`, { kept })));
  assert.ok(Math.max(...back.map(({ waits }) => waits)) > 1_000);
  assert.equal((await ask(other, 'vn.72.0', { atOnce: true, kept: inside[0]?.kept ?? '' })).waits, 0);
  wanted.add('vn.72.1');
  assert.equal((await ask(other, 'vn.72.1', { kept: inside[1]?.kept ?? '' })).waits, 0);
});

test('PL17 a place is good for one device in one briefing, and what is none is passed over', async () => {
  const { make, ask } = doorOf();
  const turns = make();
  const { kept } = await ask(turns, 'vn.72.1');
  for (let i = 2; i < 5; i++) await ask(turns, `vn.72.${i}`);
  assert.equal((await ask(turns, 'vn.75.1', { kept })).waits, 20_000, "another's");
  assert.equal((await ask(turns, 'vn.75.2', { kept: 'no place' })).waits, 20_000);
});

test('PL18 who is called, or put where others see them, goes in at once, at any node, and does not wait later either', async () => {
  const { make, ask, pass, wanted } = doorOf();
  const [one, other] = [make(), make()];
  for (let i = 0; i < 4; i++) await ask(one, `vn.72.${i}`);
  const [called, asked] = [await ask(one, 'vn.79.1'), await ask(one, 'vn.79.2', { identity: 'chair' })];
  assert.ok(called.waits > 1_000 && asked.waits > 1_000);
  wanted.add('vn.79.1').add('chair');
  const now = await ask(other, 'vn.79.1', { kept: called.kept });
  assert.equal(now.waits, 0, 'at another node, by the place of the first');
  assert.equal((await ask(one, 'vn.79.2', { identity: 'chair' })).waits, 0);
  assert.ok((await ask(one, 'vn.79.3')).waits > 1_000, 'nobody else is let in by it');
  wanted.clear();
  pass(1_000);
  assert.equal((await ask(one, 'vn.79.1', { kept: now.kept })).waits, 0, 'the call is over, and their node has died');
});

test('PL17 PL22 a place is used once: whoever keeps the one of before waits with all who come back', async () => {
  const { make, ask, pass } = doorOf();
  const [one, other] = [make(), make()];
  for (let i = 0; i < 4; i++) await ask(one, `vn.72.${i}`);
  const { kept = '', waits } = await ask(one, 'vn.72.9');
  pass(waits);
  assert.equal((await ask(one, 'vn.72.9', { kept })).waits, 0, 'its time has come');
  const back = (turns: JoinTurns) =>
    Promise.all(Array.from({ length: 12 }, (_, i) => ask(turns, `vn.79.${i}`, { kept: placeOf(`vn.79.${i}`) })));
  await back(one);
  assert.ok((await ask(one, 'vn.72.9', { kept })).waits > 1_000, 'once more, at its node');
  pass(300_000);
  await back(other);
  assert.ok((await ask(other, 'vn.72.9', { kept })).waits > 1_000, 'and later at another one, whose return it was not');
});

test('PL17 an account that makes up devices is given few times to come, and keeps nobody else out by them', async () => {
  const { make, ask, pass } = doorOf();
  const turns = make();
  const asAccount = (i: number) => ask(turns, 'vn.72.1', { identity: `made up ${i}`, account: 'one' });
  const given: number[] = [];
  for (let i = 0; i < 14; i++) given.push((await asAccount(i)).waits);
  assert.deepEqual(
    given.filter((ms) => ms > 0),
    [2, 2, 3, 3, 4, 4, 5, 5, 6, 6].map((seconds) => seconds * 1_000),
  );
  await assert.rejects(
    asAccount(14),
    (error) => error instanceof DomainError && error.reason === 'node-full' && error.retryAfterSeconds === 2,
  );
  assert.equal((await ask(turns, 'vn.72.2')).waits, 7_000, 'another account is given the next free second');
  assert.equal((await asAccount(5)).waits, 2_000, 'one of its devices asks again');
  pass(2_000);
  assert.ok((await asAccount(15)).waits > 0, 'two of them have gone in');
});
