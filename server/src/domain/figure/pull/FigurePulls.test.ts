import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ministry } from '../../../../test/support/official/figure.ts';
import { PULLS } from '../limits.ts';
import { FigurePulls } from './FigurePulls.ts';
import type { ListedSource } from './ports.ts';

const codes = Array.from({ length: 3 * PULLS.atOnce }, (_, i) => `s${i}`);
const listed = codes.map(
  (source): ListedSource => ({ source, type: 'text/csv', everyMs: 3_600_000, asks: 'a', mode: 'partial' }),
);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('FG152 whoever is due takes the place of a source that has answered, and no more are asked at once than may be', async () => {
  const due = new Set(codes);
  const waiting: { readonly source: string; readonly answer: () => void }[] = [];
  const asked: string[] = [];
  const pulls = new FigurePulls({
    ...{ listed, again: () => undefined, came: () => undefined, logger: silent },
    ask: ({ source }) =>
      new Promise((done) => {
        asked.push(source);
        waiting.push({ source, answer: () => done({ is: 'not-modified' }) });
      }),
    store: {
      begin: async () => undefined,
      due: async () => [...due],
      claim: async ({ source }) =>
        due.delete(source) ? { lease: source, at: new Date(0), failures: 0, etag: null, modified: null } : undefined,
      done: async () => undefined,
      release: async () => undefined,
    },
    intake: {
      admit: (_, work) => work(),
      take: () => Promise.reject(new Error('nothing new is said here')),
    },
    definitions: () => ({
      sources: new Map(codes.map((code) => [code, { ...ministry, code, kind: 'pull' as const }])),
    }),
  });
  await pulls.look();
  for (let answered = 0; answered < codes.length; answered += 1) {
    for (let turns = 0; waiting.length < Math.min(PULLS.atOnce, codes.length - answered); turns += 1) {
      assert.ok(turns < 1_000, `after ${answered} answers ${waiting.length} are asked`);
      await turn();
    }
    assert.ok(waiting.length <= PULLS.atOnce);
    waiting.shift()?.answer();
  }
  await pulls.idle();
  assert.deepEqual(asked.toSorted(), codes.toSorted());
});
