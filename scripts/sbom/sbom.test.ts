import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/place.mjs';
import { makeBom } from './bom.ts';
import { npmPackages } from './npmPackages.ts';
import { schemaCheck } from './validate.ts';

const AT = new Date('2026-01-02T03:04:05Z');
const worker = {
  sha256: 'ab'.repeat(32),
  version: '3.27.1',
  patches: [
    { name: '01-one', sha256: 'cd'.repeat(32) },
    { name: '02-two', sha256: 'ef'.repeat(32) },
  ],
  parts: [
    {
      name: 'libsrtp2',
      version: '2.7.0-3',
      purl: 'pkg:deb/debian/libsrtp2@2.7.0-3',
      licence: 'BSD-3-Clause',
      how: 'source',
    },
    {
      name: 'libgcc-14-dev',
      version: '14.2.0-19',
      purl: 'pkg:deb/debian/libgcc-14-dev@14.2.0-19',
      licence: 'GPL-3.0-or-later WITH GCC-exception-3.1',
      how: 'linked statically',
    },
  ],
};
const packages = npmPackages();
const json = makeBom({ packages, worker, carried: [{ name: 'libwebrtc', licence: 'BSD-3-Clause' }] }, AT);
const bom = JSON.parse(json);
const component = (name: string) => bom.components.find((each: { name: string }) => each.name === name);
const needs = (ref: string): string[] =>
  bom.dependencies.find((each: { ref: string }) => each.ref === ref)?.dependsOn ?? [];

test('the bill of materials is CycloneDX 1.6 by its schema, and one that is not is told', () => {
  const problems = schemaCheck();
  assert.equal(bom.specVersion, '1.6');
  assert.deepEqual(problems(json), []);
  assert.match(problems(json.replace('"BSD-3-Clause"', '"BSD-33"')).join(), /licenses/);
  assert.match(
    problems(JSON.stringify({ ...bom, components: [{ name: 'no type' }] })).join(),
    /\/components\/0 .*'type'/,
  );
});

test('every package of the lockfile is in the bill of materials, with its hash and licence', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const wanted = Object.entries<{ link?: boolean; version: string; integrity?: string }>(lock).filter(
    ([path, entry]) => path.includes('node_modules/') && !entry.link,
  );
  assert.ok(wanted.length > 100);
  for (const [path, { version, integrity }] of wanted) {
    const found = bom.components.find((each: { 'bom-ref': string }) => each['bom-ref'] === `${path}@${version}`);
    assert.ok(found, path);
    const hash = found.hashes?.[0]?.content ?? '';
    assert.equal(`sha512-${Buffer.from(hash, 'hex').toString('base64')}`, integrity, path);
  }
  const without = packages.filter(({ licence }) => !licence).map(({ path }) => path);
  assert.deepEqual(without, []);
});

test('the native parts of the worker are in it, down to what is linked statically, and who needs what', () => {
  assert.equal(component('mediasoup-worker').hashes[0].content, worker.sha256);
  assert.deepEqual(needs('mediasoup-worker@3.27.1').sort(), [
    'libwebrtc@in mediasoup 3.27.1',
    ...worker.parts.map(({ purl }) => purl).sort(),
  ]);
  assert.equal(component('libgcc-14-dev').licenses[0].expression, 'GPL-3.0-or-later WITH GCC-exception-3.1');
  const { version } = component('mediasoup');
  assert.ok(needs(`node_modules/mediasoup@${version}`).includes('mediasoup-worker@3.27.1'));
  assert.ok(needs('server@0.1.0').some((ref) => ref.startsWith('node_modules/mediasoup@')));
  assert.equal(component('@biomejs/biome').scope, 'excluded', 'what only developers need is none of the product');
});

test('the bill says that the worker is patched, by which files, and what is in them', () => {
  const { description, properties } = component('mediasoup-worker');
  assert.match(description, /^mediasoup's, changed by scripts\/worker\/patches\/01-one\.patch, .*02-two\.patch$/);
  assert.deepEqual(
    properties.map(({ name, value }: { name: string; value: string }) => `${name} ${value}`).sort(),
    worker.patches.map(({ name, sha256 }) => `dieu-hanh:patch ${name} sha256:${sha256}`),
  );
  const untouched = JSON.parse(makeBom({ packages, worker: { ...worker, patches: [] }, carried: [] }, AT));
  const program = untouched.components.find((each: { name: string }) => each.name === 'mediasoup-worker');
  assert.equal(program.description, undefined);
});

test('a bill of the same parts has the same number, whenever it is made', () => {
  const again = JSON.parse(
    makeBom({ packages, worker, carried: [{ name: 'libwebrtc', licence: 'BSD-3-Clause' }] }, new Date(0)),
  );
  assert.equal(again.serialNumber, bom.serialNumber);
  const other = { ...worker, sha256: 'cd'.repeat(32) };
  assert.notEqual(JSON.parse(makeBom({ packages, worker: other, carried: [] }, AT)).serialNumber, bom.serialNumber);
});
