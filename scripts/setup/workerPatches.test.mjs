import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { applyPatches, markPatches, patchesIn, patchesOf, requirePatch } from '../worker/patches.mjs';
import { SetupError } from './progress.mjs';

const folder = mkdtempSync(join(tmpdir(), 'patches-'));
after(() => rmSync(folder, { recursive: true }));
/** An ordinary user has these for the build alone. */
const without = (program) =>
  spawnSync(program, ['--version']).error ? `SKIPPED: no ${program} here, which only a build fetches` : false;

const tree = () => {
  const place = mkdtempSync(join(folder, 'tree-'));
  writeFileSync(join(place, 'code.cpp'), 'one\ntwo\nthree\n');
  return place;
};
/** A folder of patches of one line each: what was there, what shall be. */
const series = (patches) => {
  const place = mkdtempSync(join(folder, 'series-'));
  for (const [name, [from, to, file = 'code.cpp']] of Object.entries(patches))
    writeFileSync(
      join(place, name),
      `Why.\n\n--- a/${file}\n+++ b/${file}\n@@ -1,3 +1,3 @@\n one\n-${from}\n+${to}\n three\n`,
    );
  return place;
};
const options = (patches) => ({ version: '3.27.1', folder: series(patches) });

test('patches are applied by their numbers, each on what the one before has left', {
  skip: without('patch'),
}, async () => {
  const place = tree();
  const applied = await applyPatches(
    place,
    options({ '02-later.patch': ['2', 'deux'], '01-first.patch': ['two', '2'] }),
  );
  assert.deepEqual(
    applied.map(({ name }) => name),
    ['01-first', '02-later'],
  );
  assert.equal(readFileSync(join(place, 'code.cpp'), 'utf8'), 'one\ndeux\nthree\n');
});

test('a patch that does not apply ends the build with one sentence that says which and why', {
  skip: without('patch'),
}, async () => {
  const refusal = async (patches, pattern) => {
    const error = await applyPatches(tree(), options(patches)).then(assert.fail, (e) => e);
    assert.ok(error instanceof SetupError);
    assert.match(error.message, pattern);
    assert.equal(error.message.split('\n').length, 1);
  };
  const says = 'does not apply to the worker of mediasoup 3\\.27\\.1:';
  await refusal(
    { '01-first.patch': ['two', '2'], '02-stale.patch': ['two', 'deux'] },
    new RegExp(`^the patch 02-stale ${says} code\\.cpp: Hunk #1 FAILED at 1\\.$`),
  );
  await refusal(
    { '01-gone.patch': ['two', '2', 'gone.cpp'] },
    new RegExp(`^the patch 01-gone ${says} can't find file to patch`),
  );
  await refusal(
    { '01-in.patch': ['two', '2'], '02-again.patch': ['two', '2'] },
    new RegExp(`^the patch 02-again ${says} code\\.cpp: `),
  );
});

test('the hash of a patch is that of all of it, and what is no patch is refused by name', () => {
  const [[before], [after_]] = [
    ['two', '2'],
    ['two', 'deux'],
  ].map((change) => patchesOf(series({ '01-x.patch': change })));
  assert.match(before.sha256, /^[0-9a-f]{64}$/);
  assert.notEqual(before.sha256, after_.sha256);
  assert.throws(() => patchesOf(series({ 'first.patch': ['two', '2'] })), /first\.patch is no patch: they are named/);
  assert.throws(() => patchesOf(series({ '01-x.patch.orig': ['two', '2'] })), /orig is no patch/);
});

test('a worker says which patches it has, and one that lacks one is named with what to do', {
  skip: without('objcopy'),
}, async () => {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  const worker = join(folder, 'mediasoup-worker');
  copyFileSync('/bin/true', worker);
  assert.deepEqual(patchesIn(worker), []);
  assert.throws(
    () => requirePatch(worker, '03-repoint'),
    /^Error: the media worker at MEDIASOUP_WORKER_BIN \(\S+mediasoup-worker\) lacks the patch 03-repoint: /,
  );
  const patches = [
    { name: '01-one', sha256: 'ab' },
    { name: '03-repoint', sha256: 'cd' },
  ];
  await markPatches(worker, patches, { env: process.env, scratch });
  assert.deepEqual(patchesIn(worker), patches);
  requirePatch(worker, '03-repoint');
  assert.throws(() => requirePatch(worker, '02-two'), /lacks the patch 02-two/);
  assert.throws(() => requirePatch(undefined, '01-one'), /MEDIASOUP_WORKER_BIN names no media worker/);
  assert.equal(spawnSync(worker).status, 0, 'and it runs as before');
});
