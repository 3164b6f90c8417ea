import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { until } from '../../../../test/support/until.ts';
import type { DirectiveCount } from '../../../protocol/directive.ts';
import { DirectiveTicker } from './DirectiveTicker.ts';

const count = (path: string): DirectiveCount => {
  const unit = path.slice(path.lastIndexOf('.') + 1);
  return { unit, name: unit, addressees: 1, states: {}, onTime: 0, late: 0, overdue: 0, absentees: 0 };
};

let ticker: DirectiveTicker | undefined;
afterEach(() => ticker?.close());

/** A ticker for officials of these territories, with the queries that it made and what it told. */
function start(watched: readonly string[], failing: (query: number) => boolean = () => false) {
  const asked: string[] = [];
  const told: string[] = [];
  const warnings: unknown[] = [];
  let queries = 0;
  ticker = new DirectiveTicker({
    board: {
      rows: async (directive, paths) => {
        if (failing(queries++)) throw new Error('away');
        asked.push(`${directive} ${[...paths].sort().join(' ')}`);
        return { at: '', counts: paths.filter((path) => path !== 'vn.9').map(count) };
      },
    },
    watched: () => watched,
    children: (path) => (path === 'vn' ? ['vn.1', 'vn.9'] : []),
    tell: (directive, territory, { counts }) =>
      told.push(`${directive} to ${territory}: ${counts.map(({ unit }) => unit).join(' ')}`),
    failed: (error) => warnings.push(error),
  });
  return { ticker, asked, told, warnings };
}
const some = (list: readonly string[]) => until('it is told', () => list.length > 0 || undefined);

test('DR32 whatever happens between two ticks is one query and one notice for each territory', async () => {
  const { ticker, asked, told } = start(['vn', 'vn.1']);
  for (let i = 0; i < 500; i++) ticker.followed('a', [`vn.1.1${i % 2}`]);
  await some(told);
  assert.deepEqual(asked, ['a vn vn.1 vn.1.10 vn.1.11']);
  assert.deepEqual(told, ['a to vn: vn 1', 'a to vn.1: 1 10 11']);
});

test('DR32 what moves where nobody watches is neither asked for nor told', async () => {
  const { ticker, asked, told } = start(['vn.2', 'vn.1']);
  ticker.followed('a', ['vn.3.31', 'vn.10.5']);
  ticker.followed('b', ['vn.1.11']);
  await some(told);
  assert.deepEqual(asked, ['b vn.1 vn.1.11']);
});

test('DR32 when it was issued or has ended all rows are told, to those who have addressees', async () => {
  const { ticker, told } = start(['vn', 'vn.9']);
  ticker.followed('a', ['vn.1.11']);
  ticker.changed('a');
  await some(told);
  assert.deepEqual(told, ['a to vn: vn 1']);
});

test('DR32 a unit that is itself a watched territory has one row', async () => {
  const { ticker, told } = start(['vn.1.11']);
  ticker.followed('a', ['vn.1.11']);
  await some(told);
  assert.deepEqual(told, ['a to vn.1.11: 11']);
});

test('DR32 what could not be asked while the store was away is told later, with all that came since, and one warning', async () => {
  const { ticker, told, warnings } = start(['vn.1'], (query) => query < 3 || query === 5);
  ticker.followed('a', ['vn.1.11']);
  ticker.followed('b', ['vn.1.12']);
  await some(told);
  await until('both are told', () => told.length === 2 || undefined);
  assert.deepEqual(told.sort(), ['a to vn.1: 1 11', 'b to vn.1: 1 12']);
  assert.equal(warnings.length, 1);
  ticker.followed('c', ['vn.1.11']);
  await until('the third is told', () => told.length === 3 || undefined);
  assert.equal(warnings.length, 2, 'another outage is another warning');
});
