import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTable } from '../../server/src/domain/readiness/listTable.ts';
import { en } from '../../web/src/readiness/words/readiness.en.ts';
import { readinessWords } from '../../web/src/readiness/words/readiness.vi.ts';

test('RY5 the list to ring names a state by the words of the page on which it is chosen, in both languages', async () => {
  const page = { vi: readinessWords.in('vi'), en };
  for (const [language, { state }] of Object.entries(page)) {
    const rows = Object.keys(state).map((one) => ({
      unit: one,
      name: '',
      above: '',
      state: one,
      contact: null,
      check: null,
    }));
    const source = {
      total: rows.length,
      rows: (async function* () {
        yield rows;
      })(),
    };
    const named = {};
    for await (const some of listTable(language, source).rows) for (const row of some) named[row[0]] = row[3];
    assert.deepEqual(named, state);
  }
});
