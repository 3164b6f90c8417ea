import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { unpack } from '../worker/debianSource.mjs';
import { partsOf } from '../worker/parts.mjs';
import { patchesOf } from '../worker/patches.mjs';
import { lockedSource, verify } from '../worker/source.mjs';
import { isDebian } from './debian.mjs';
import { SetupError } from './progress.mjs';
import { candidateVersions, installedVersions, isNewer } from './versions.mjs';
import { cachedWorkers, folderOf, newerParts, recipeOf } from './workerCache.mjs';

const folder = mkdtempSync(join(tmpdir(), 'worker-'));
after(() => rmSync(folder, { recursive: true }));
const skip = isDebian() ? false : 'SKIPPED: this is no Debian';
/** An ordinary user has it for the build alone. */
const withoutPatch =
  skip || (spawnSync('patch', ['--version']).error ? 'SKIPPED: no patch here (apt-get install patch)' : false);

const part = (version, rebuilds = true) => ({ version, origin: 'debian', how: '', rebuilds });
const patches = patchesOf();
const mediasoup = { ...part('3.27.1'), origin: 'npm', patches };
const parts = {
  mediasoup,
  libsrtp2: part('2.7.0-3'),
  'libabsl-dev': part('20240722.0-4'),
  'libc6-dev': part('2.41-12', false),
};
const known = { libsrtp2: '2.7.0-3', 'libabsl-dev': '20240722.0-4', 'libc6-dev': '2.41-12' };

/** The same patches, but that one of them has another content. */
const changed = patches.with(0, { ...patches[0], sha256: 'other' });
const patchedWith = (built, others) => ({
  ...built,
  parts: { ...built.parts, mediasoup: { ...mediasoup, patches: others } },
});

test('the worker is built anew when a security update of what is linked statically is known here', { skip }, () => {
  const manifest = { parts, known };
  assert.deepEqual(newerParts(manifest, known), []);
  assert.deepEqual(newerParts(manifest, { ...known, libsrtp2: '2.7.0-3+deb13u1' }), [
    'libsrtp2 2.7.0-3 -> 2.7.0-3+deb13u1',
  ]);
  assert.deepEqual(newerParts(manifest, { ...known, 'libabsl-dev': '20240722.0-3' }), [], 'an older one is none');
  assert.deepEqual(
    newerParts(manifest, { ...known, 'libc6-dev': '2.41-13' }),
    [],
    'nor start-up code of the C library',
  );
  assert.deepEqual(newerParts(manifest, {}), [], 'nor what this machine knows nothing of');
  const behind = { parts, known: { ...known, libsrtp2: '2.7.0-4' } };
  assert.deepEqual(newerParts(behind, { libsrtp2: '2.7.0-4' }), [], 'nor one that the last build did not get');
  assert.equal(newerParts(behind, { libsrtp2: '2.7.0-5' }).length, 1);
});

test('versions of all that is linked statically, patches, source and recipe are in the key of the cache', () => {
  const base = { recipe: 'r', integrity: 'i', parts };
  const others = [
    { ...base, recipe: 'other' },
    { ...base, integrity: 'other' },
    { ...base, parts: { ...parts, libsrtp2: part('2.7.0-3+deb13u1') } },
    { ...base, parts: { ...parts, 'libabsl-dev': part('20240722.0-5') } },
    patchedWith(base, changed),
    patchedWith(base, patches.slice(1)),
  ];
  assert.equal(new Set([base, ...others].map(folderOf)).size, 7);
  assert.equal(folderOf({ ...base }), folderOf(base));
});

test('a worker of the cache is taken only whole, unaltered, and of this recipe and source', () => {
  const workers = join(folder, 'workers');
  const whole = { recipe: recipeOf(), integrity: lockedSource().integrity, parts, known };
  const sha256 = createHash('sha256').update('a worker').digest('hex');
  const found = (manifest, content = 'a worker') => {
    const place = join(workers, basename(folderOf(whole)));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'mediasoup-worker'), content);
    writeFileSync(join(place, 'manifest.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    return cachedWorkers(workers).length;
  };
  assert.equal(cachedWorkers(workers).length, 0);
  assert.equal(found({ ...whole, sha256 }), 1);
  assert.equal(found({ ...whole, sha256 }, 'another worker'), 0);
  assert.equal(found({ ...whole, sha256, recipe: 'other' }), 0);
  assert.equal(found({ ...whole, sha256, integrity: 'sha512-other' }), 0);
  assert.equal(found({ ...patchedWith(whole, changed), sha256 }), 0, 'with a patch as it was before');
  assert.equal(found({ ...patchedWith(whole, patches.slice(1)), sha256 }), 0, 'without one of the patches');
  assert.equal(found(JSON.stringify({ ...whole, sha256 }).slice(0, 90)), 0, 'half written');
  assert.equal(found({ ...whole, sha256 }), 1);
});

test('the parts are those that the linker took, and one of which nobody knows the package is refused', () => {
  const built = {
    srtp: { version: '2.7.0-3', patches: ['a.patch'] },
    source: { version: '3.27.1', integrity: 'sha512-x', patches },
    scratch: '/scratch',
    versions: {
      'libabsl-dev': '20240722.0-4',
      'libflatbuffers-dev': '23.5.26',
      'libgcc-14-dev': '14.2',
      'libstdc++-14-dev': '14.2',
      'libc6-dev': '2.41-12',
    },
  };
  const map = [
    'Archive member included to satisfy reference by file (symbol)',
    '',
    '/scratch/srtp/prefix/lib/libsrtp2.a(srtp.o)',
    '                              mediasoup-worker.p/src_DepLibSRTP.cpp.o (srtp_init)',
    '/usr/lib/x86_64-linux-gnu/libabsl_hash.a(hash.cc.o)',
    '                              deps/libwebrtc/liblibwebrtc.a.p/transport.cc.o (absl::hash)',
    'LOAD /usr/lib/gcc/x86_64-linux-gnu/14/../../../x86_64-linux-gnu/Scrt1.o',
    'LOAD mediasoup-worker.p/src_lib.cpp.o',
    'LOAD /scratch/srtp/prefix/lib/libsrtp2.a',
    'LOAD /usr/lib/x86_64-linux-gnu/libabsl_hash.a',
    'LOAD /usr/lib/x86_64-linux-gnu/libpthread.a',
    'LOAD /usr/lib/x86_64-linux-gnu/libssl.so',
    'LOAD /usr/lib/gcc/x86_64-linux-gnu/14/crtbeginS.o',
  ].join('\n');
  const found = partsOf(map, built);
  assert.deepEqual(Object.keys(found).sort(), ['libsrtp2', 'mediasoup', ...Object.keys(built.versions)].sort());
  assert.equal(found.libsrtp2.how, 'source with 1 patches');
  assert.deepEqual(found.mediasoup.patches, patches);
  assert.match(found.mediasoup.how, new RegExp(`^its source with ${patches.length} patches of ours`));
  assert.equal(found['libc6-dev'].rebuilds, false);
  assert.throws(
    () => partsOf(`${map}\n/usr/lib/libevil.a(x.o)`, built),
    /\/usr\/lib\/libevil\.a was linked statically/,
  );
  assert.throws(() => partsOf(map, { ...built, versions: {} }), /the version of .* is not known/);
});

test('the worker is built from the archive whose hash the lockfile has, and from no other', () => {
  const archive = join(folder, 'mediasoup.tgz');
  writeFileSync(archive, 'as published');
  const integrity = `sha512-${createHash('sha512').update('as published').digest('base64')}`;
  verify(archive, integrity);
  writeFileSync(archive, 'as published, and a little more');
  assert.throws(() => verify(archive, integrity), /is not what the lockfile names/);
  assert.throws(() => verify(archive, 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='), /has no sha512/);
  assert.match(lockedSource().integrity, /^sha512-/);
});

/** A source package as apt leaves it, with a file of ours and these patches. */
function sourcePackage(name, patches, { packaging = true, format = '3.0 (quilt)' } = {}) {
  const place = join(folder, name);
  mkdirSync(join(place, 'thing-1.0'), { recursive: true });
  writeFileSync(join(place, 'thing-1.0/code.c'), 'one\ntwo\nthree\n');
  execFileSync('tar', ['-czf', join(place, 'thing_1.0.orig.tar.gz'), '-C', place, 'thing-1.0']);
  rmSync(join(place, 'thing-1.0'), { recursive: true });
  if (!packaging) return place;
  mkdirSync(join(place, 'debian/patches'), { recursive: true });
  mkdirSync(join(place, 'debian/source'));
  writeFileSync(join(place, 'debian/source/format'), `${format}\n`);
  const series = ['# in this order', ...Object.keys(patches).map((file) => `${file} # why`), ''];
  writeFileSync(join(place, 'debian/patches/series'), series.join('\n'));
  for (const [file, [from, to]] of Object.entries(patches))
    writeFileSync(
      join(place, 'debian/patches', file),
      `--- a/code.c\n+++ b/code.c\n@@ -1,3 +1,3 @@\n one\n-${from}\n+${to}\n three\n`,
    );
  execFileSync('tar', ['-czf', join(place, 'thing_1.0-1.debian.tar.gz'), '-C', place, 'debian']);
  rmSync(join(place, 'debian'), { recursive: true });
  return place;
}

test("libsrtp is built with Debian's patches, or not from that source", { skip: withoutPatch }, async () => {
  const inOrder = sourcePackage('whole', {
    'z.patch': ['two', 'hole mended'],
    'a.patch': ['hole mended', 'mended well'],
  });
  const { tree, patches } = await unpack(inOrder, 'thing', '1.0-1');
  assert.deepEqual(patches, ['z.patch', 'a.patch']);
  assert.equal(readFileSync(join(tree, 'code.c'), 'utf8'), 'one\nmended well\nthree\n');

  const wrong = sourcePackage('wrong', { 'a.patch': ['not there', 'x'] });
  await assert.rejects(unpack(wrong, 'thing', '1.0-1'), SetupError);
  const bare = sourcePackage('bare', {}, { packaging: false });
  await assert.rejects(unpack(bare, 'thing', '2.7.0-3+deb13u1'), /lacks Debian's patches for thing 2\.7\.0-3\+deb13u1/);
  assert.equal((await unpack(bare, 'thing', '2.7.0-3')).patches, undefined);
  const native = sourcePackage('native', {}, { format: '3.0 (native)' });
  await assert.rejects(unpack(native, 'thing', '1.0-1'), /has the source format 3\.0 \(native\)/);
});

test('versions that apt offers are read in every language, and kept while its lists are the same', { skip }, () => {
  const kept = join(folder, 'offered.json');
  const { LC_ALL, LANGUAGE } = process.env;
  Object.assign(process.env, { LC_ALL: 'vi_VN.UTF-8', LANGUAGE: 'vi' });
  const offered = candidateVersions(['dpkg', 'no-such-package'], kept);
  const found = installedVersions(['dpk*', 'no-such-package']);
  for (const [name, value] of Object.entries({ LC_ALL, LANGUAGE })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  assert.match(found.dpkg ?? '', /^\d+\.\d+/);
  assert.match(offered.dpkg ?? '', /^\d+\.\d+/);
  assert.deepEqual(Object.keys(offered), ['dpkg']);
  const { state } = JSON.parse(readFileSync(kept, 'utf8'));
  writeFileSync(kept, JSON.stringify({ state, versions: { dpkg: 'as kept' } }));
  assert.deepEqual(candidateVersions(['dpkg', 'no-such-package'], kept), { dpkg: 'as kept' });
  writeFileSync(kept, JSON.stringify({ state: 'other lists', versions: { dpkg: 'as kept' } }));
  assert.deepEqual(candidateVersions(['dpkg', 'no-such-package'], kept), offered);
  assert.equal(found['no-such-package'], undefined);
  assert.ok(isNewer('1.0-2', '1.0-1') && !isNewer('1.0-1', '1.0-1') && !isNewer('1.0~rc1', '1.0'));
});
