import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOf } from './playwright.mjs';

const spec = (title, status, results, annotations = []) => ({
  title,
  file: 'call.spec.ts',
  tests: [{ status, results, annotations }],
});

test('one file of a report: stories inside groups, what failed and why, and skipped ones counted by their reason', () => {
  const why = [{ type: 'skip', description: 'asked for by WALL=1' }];
  const { file, tests, failed, seconds } = runOf({
    title: 'call.spec.ts',
    file: 'call.spec.ts',
    specs: [
      spec('rings', 'expected', [{ duration: 1500 }]),
      spec('is slow', 'skipped', [], why),
      spec('is slower', 'skipped', [], why),
    ],
    suites: [
      { title: 'group', specs: [spec('ends', 'unexpected', [{ duration: 500, error: { message: 'it rings on' } }])] },
    ],
  });
  assert.deepEqual([file, failed, seconds], ['web/e2e/call.spec.ts', true, 2]);
  assert.deepEqual(
    tests.map(({ name, outcome }) => `${outcome} ${name}`),
    [
      'passed e2e call.spec.ts: rings',
      'failed e2e call.spec.ts group: ends',
      'skipped e2e call.spec.ts: asked for by WALL=1, 2 times',
    ],
  );
  assert.equal(tests[1].why, 'it rings on');
});
