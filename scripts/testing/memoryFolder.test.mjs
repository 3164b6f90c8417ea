import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { memoryFolder } from './memoryFolder.mjs';

/** @returns {string} the folder that a run had, which ended so */
const ranOnce = (place, end) => {
  const script = `import { memoryFolder } from ${JSON.stringify(import.meta.resolve('./memoryFolder.mjs'))};
    console.log(memoryFolder(${JSON.stringify(place)}, { folder: 0, memory: 0 })); ${end}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim();
};

test('the folder of a run is gone when it ends, and that of one which was killed when the next begins', {
  skip: process.platform !== 'linux',
}, (t) => {
  const place = mkdtempSync(join(tmpdir(), 'dh-memory-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  const ended = ranOnce(place, '');
  assert.equal(dirname(ended), place);
  assert.equal(existsSync(ended), false);
  const killed = ranOnce(place, `process.kill(process.pid, 'SIGKILL');`);
  assert.equal(existsSync(killed), true);
  const beside = memoryFolder(place, { folder: 0, memory: 0 });
  assert.deepEqual([existsSync(killed), existsSync(beside)], [false, true]);
  ranOnce(place, '');
  assert.equal(existsSync(beside), true, 'of one that still runs');
});

test('there is none where memory is short', () => {
  assert.equal(memoryFolder(tmpdir(), { folder: 0, memory: Number.MAX_SAFE_INTEGER }), undefined);
  assert.equal(memoryFolder(tmpdir(), { folder: Number.MAX_SAFE_INTEGER, memory: 0 }), undefined);
});
