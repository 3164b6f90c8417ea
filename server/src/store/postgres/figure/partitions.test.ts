import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sql } from '../base/Postgres.ts';
import { inMonths } from './partitions.ts';

/** Keeps what is asked, in its order; each answer comes later. */
function asked() {
  const all: (number | 'answer' | 'write')[] = [];
  const sql: Sql = {
    query: async (_text, [months] = []) => {
      all.push((months as readonly string[]).length);
      await new Promise(setImmediate);
      all.push('answer');
      return [];
    },
  };
  return { all, sql, write: async () => void all.push('write') };
}
const rowsOf = (months: number) =>
  Array.from({ length: months }, (_, i) => ({ period: Date.UTC(2000 + Math.floor(i / 12), i % 12, 15) }));

test('FG53 tables of many months are made by many statements, none of which has long to do, before anything is written into them', async () => {
  const { all, sql, write } = asked();
  await inMonths(sql, rowsOf(50), write);
  assert.deepEqual(all, [24, 'answer', 24, 'answer', 2, 'write', 'answer']);
});

test('FG53 rows of few months are written without waiting for an answer about their tables', async () => {
  const { all, sql, write } = asked();
  await inMonths(sql, rowsOf(24), write);
  assert.deepEqual(all, [24, 'write', 'answer']);
});
