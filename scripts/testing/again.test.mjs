import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { judge } from './again.mjs';
import { History } from './History.mjs';
import { Tally } from './Tally.mjs';

const run = (...outcomes) => {
  const tests = outcomes.map((outcome, i) => ({ name: `test ${i}`, outcome, why: 'lost' }));
  return { file: 'a.test.ts', tests, failed: outcomes.includes('failed'), seconds: 1, cpuSeconds: 1 };
};
const good = run('passed', 'passed');
const bad = run('passed', 'failed');

test('a file that passes is counted as it is, whatever was before', () => {
  const { tests, again, needed, verdict } = judge([good], [true, true]);
  assert.deepEqual([tests, again, needed, verdict], [good.tests, [], false, undefined]);
});

test('one failure of three runs is named, and not a failure of the suite', () => {
  const { tests, again, needed, verdict } = judge([bad, good, good], []);
  assert.deepEqual([tests, needed, verdict], [good.tests, true, undefined]);
  assert.deepEqual(
    again.map(({ name }) => name),
    ['test 1'],
  );
});

test('two failures of three runs are a failure, on a machine without a history too', () => {
  for (const runs of [
    [bad, bad],
    [bad, good, bad],
  ])
    assert.deepEqual(judge(runs, []).tests, bad.tests);
});

test('a stage without further runs counts the first failure', () => {
  assert.deepEqual(judge([bad], []).tests, bad.tests);
});

test('a file that needed its further runs in two of its last three runs fails, in a sentence', () => {
  for (const before of [[false, true], [true, false], [true, true], [true]])
    assert.match(judge([bad, good, good], before).verdict ?? '', /failed at first in [23] of its last [23] runs/);
  for (const before of [[false, false], [false], [true, false, false]])
    assert.equal(judge([bad, good, good], before).verdict, undefined);
});

test('the tally counts the verdict once, beside the tests that passed', (t) => {
  t.mock.method(console, 'log', () => {});
  const tally = new Tally();
  tally.judge('a.test.ts', judge([bad, good, good], [true]));
  assert.deepEqual([tally.passed, tally.failed.length, tally.again.length], [2, 1, 1]);
  assert.match(tally.failed[0], /a\.test\.ts: .*2 of its last 2 runs/);
  assert.equal(tally.close(), 1);
});

test('the history keeps what the rule looks at, survives, and is empty when its file is broken', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'history.json');
  const history = History.open(path);
  for (const needed of [true, false, true]) history.add('a.test.ts', needed, 7);
  assert.deepEqual(History.open(path).of('a.test.ts'), [false, true]);
  assert.equal(History.open(path).seconds('a.test.ts'), 7);
  assert.deepEqual(History.open(path).of('b.test.ts'), []);
  writeFileSync(path, '{"a.test.ts": {"needed": [tr');
  assert.deepEqual(History.open(path).of('a.test.ts'), []);
});
