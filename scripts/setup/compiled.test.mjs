import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runAs } from './accounts.mjs';
import { root } from './place.mjs';

const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));

/** The setting that a supervisor of that account chooses. */
function settingOf([program, ...args], named) {
  const script = `import(${JSON.stringify(join(root, 'scripts/setup/compiled.mjs'))}).then(({ compiledSetting }) =>
    console.log(JSON.stringify(compiledSetting({ NODE_COMPILE_CACHE: ${JSON.stringify(named)} }))))`;
  return spawnSync(program, [...args, process.execPath, '-e', script], { encoding: 'utf8', cwd: '/' }).stdout;
}

const stranger = runAs({ uid: 65_534, gid: 65_534 });
const reaches =
  process.getuid() === 0 &&
  spawnSync(stranger[0], [...stranger.slice(1), 'test', '-r', join(root, 'scripts/setup/compiled.mjs')]).status === 0;
const skip = !reaches && 'SKIPPED: needs root, and a checkout that other accounts reach';

test('RG4 an account that does not own the code gets no compiled code that it could write', { skip }, () => {
  const [own, others] = [join(folder, 'own'), join(folder, 'others')];
  mkdirSync(own);
  chmodSync(own, 0o777);
  mkdirSync(others);
  const none = { NODE_DISABLE_COMPILE_CACHE: '1' };
  for (const writable of [own, join(own, 'not/there/yet')]) {
    const [said, setting] = settingOf(stranger, writable).trim().split('\n');
    assert.match(said, /NODE_COMPILE_CACHE is left out: this account may write/);
    assert.deepEqual(JSON.parse(setting), none);
  }
  assert.deepEqual(JSON.parse(settingOf(stranger, undefined)), none, 'nor a folder of its own');
  assert.deepEqual(JSON.parse(settingOf(stranger, others)), { NODE_COMPILE_CACHE: others });
});

test('RG4 an owner of the code, who could change that too, keeps compiled code in the cache', { skip }, () => {
  const { NODE_COMPILE_CACHE } = JSON.parse(settingOf(['env'], undefined));
  assert.match(NODE_COMPILE_CACHE, /\/dieu-hanh\/compiled$/);
});
