import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { Directive, Follow, Reminder } from '../../protocol/directive.ts';
import { DirectiveNews, type DirectiveNewsParts } from './DirectiveNews.ts';
import type { DirectiveMark, UnitsHere } from './ports.ts';

const follow = (unit: string) => ({ directive: 'd', unit, path: `vn.${unit}` }) as Follow;
const reminder = (moment: Reminder['moment']) => ({ directive: 'd', moment }) as Reminder;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A node with devices of unit 11, and a store in which 11 and 12 are addressees of every directive. */
function world() {
  const recent: DirectiveMark[] = [];
  const state = { away: false };
  const failures: unknown[] = [];
  const answer = <T>(value: T) =>
    state.away ? Promise.reject(new Error('the store is away')) : Promise.resolve(value);
  const addressees = (units: readonly string[]) => units.filter((unit) => unit === '11' || unit === '12');
  const directives = Object.assign(new EventEmitter(), {
    heardBy: (id: string, here: UnitsHere) =>
      answer({ directive: { id } as Directive, units: addressees([...here.keys()]) }),
    recent: () => answer(recent),
    follows: (pairs: readonly { unit: string }[]) => answer(pairs.map(({ unit }) => follow(unit))),
  });
  const reminders = Object.assign(new EventEmitter(), {
    reminded: (_: string, __: string, here: readonly string[]) => answer(addressees(here)),
  });
  const acts = new EventEmitter();
  const units = { index: { find: (code: string) => ({ path: `vn.${code}` }) } };
  const failed = (error: unknown) => failures.push(error);
  const news = new DirectiveNews({ directives, acts, reminders, units, failed } as unknown as DirectiveNewsParts);
  news.tellTo(() => new Set(['11']));
  const told: string[] = [];
  news.on('directive', ({ id }, here) => told.push(`${id} to ${here}`));
  news.on('followed', (follows) => told.push(`follow of ${follows.map(({ unit }) => unit)}`));
  news.on('reminded', ({ moment }, here) => told.push(`${moment} to ${here}`));
  news.on('moved', (id, paths) => told.push(`board of ${id}: ${paths}`));
  return { news, directives, acts, reminders, recent, state, failures, told };
}

test('DR30 a directive is told once, whether an act, hints or the sweep bring it', async () => {
  const w = world();
  const issued = { id: 'd', state: 'issued' } as const;
  w.directives.emit('issued', issued);
  await w.news.hint(issued);
  await w.news.hint(issued);
  w.recent.push(issued);
  await w.news.sweep();
  assert.deepEqual(w.told, ['board of d: all', 'd to 11']);
  w.directives.emit('ended', { id: 'd', state: 'recalled' });
  await turn();
  assert.deepEqual(w.told.slice(2), ['board of d: all', 'd to 11']);
});

test('DR30 what could not be told while the store was away is told by the sweep', async () => {
  const w = world();
  w.state.away = true;
  w.directives.emit('issued', { id: 'd', state: 'issued' });
  await turn();
  assert.equal(w.failures.length, 1);
  assert.deepEqual(w.told, ['board of d: all']);
  w.state.away = false;
  w.recent.push({ id: 'd', state: 'issued' });
  await w.news.sweep();
  assert.deepEqual(w.told.at(-1), 'd to 11');
});

test('DR31 DR32 of what another node has recorded only units that are here are read; the boards hear of all', async () => {
  const w = world();
  await w.news.hintFollows('d', ['11', '12']);
  await w.news.hintFollows('d', ['12']);
  assert.deepEqual(w.told, ['board of d: vn.11,vn.12', 'follow of 11', 'board of d: vn.12']);
});

test('DR31 a notice that breaks does not reach those whose act is committed', () => {
  const w = world();
  w.news.on('followed', () => {
    throw new Error('broken');
  });
  w.acts.emit('followed', [follow('12')]);
  assert.deepEqual([w.told, w.failures.length], [['board of d: vn.12', 'follow of 12'], 1]);
});

test('DR29 a reminder goes to the units that are here; at the deadline the boards move, too', async () => {
  const w = world();
  w.reminders.emit('reminded', reminder('day'));
  await w.news.hintReminder(reminder('deadline'));
  assert.deepEqual(w.told, ['board of d: all', 'day to 11', 'deadline to 11']);
});
