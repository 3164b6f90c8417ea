import assert from 'node:assert/strict';
import { test } from 'node:test';
import { common, Heard } from './Heard.ts';

test('DL1 who is both wanted and here is found in as many steps as the fewer have, among 20,000 devices', () => {
  const heard = new Heard();
  for (let i = 0; i < 20_000; i++) heard.enter('b', `${i}`);
  let steps = 0;
  const counting = (keys: ReadonlySet<string> | ReturnType<Heard['in']>) => ({
    size: keys.size,
    has: (key: string) => keys.has(key),
    *keys() {
      for (const key of keys.keys()) {
        steps += 1;
        yield key;
      }
    },
  });
  const wanted = new Set(['7', '19999', 'elsewhere']);
  assert.deepEqual(common(counting(wanted), counting(heard.in('b'))), ['7', '19999']);
  assert.deepEqual(common(counting(heard.in('b')), counting(wanted)), ['7', '19999']);
  assert.equal(steps, 6);
});

test('DL1 a unit is here until the last of its devices has gone', () => {
  const heard = new Heard();
  for (const unit of ['1', '1', '2']) heard.enter('b', unit);
  heard.leave('b', '1');
  assert.deepEqual(heard.of('b'), ['1', '2']);
  heard.leave('b', '1');
  heard.leave('b', 'unknown');
  assert.deepEqual(heard.of('b'), ['2']);
  heard.leave('b', '2');
  assert.deepEqual([heard.of('b'), heard.in('b').size, heard.of('other')], [[], 0, []]);
});
