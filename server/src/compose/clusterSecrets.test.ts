import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '../config.ts';
import { clusterSecrets } from './clusterSecrets.ts';

const [one, two] = ['1'.repeat(32), '2'.repeat(40)];
let DATA_DIR: string;
before(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'dh-secret-'));
});
after(() => rm(DATA_DIR, { recursive: true }));

const secrets = (env: Record<string, string> = {}) => clusterSecrets(readConfig({ DATA_DIR, ...env }));

test('CL3 the first start makes a secret that its owner alone may read, and the next one finds it', async () => {
  const made = await secrets();
  assert.equal(made.length, 1);
  assert.equal((await stat(join(DATA_DIR, 'cluster-secret'))).mode & 0o777, 0o600);
  assert.deepEqual(await secrets(), made);
});

test('CL3 a secret is given by the environment or by a file, and two while it is changed', async () => {
  const file = join(DATA_DIR, 'given');
  await writeFile(file, `${one}\n${two}\n`);
  assert.deepEqual(await secrets({ CLUSTER_SECRET: one }), [one]);
  assert.deepEqual(await secrets({ CLUSTER_SECRET: `${two} ${one}` }), [two, one]);
  assert.deepEqual(await secrets({ CLUSTER_SECRET_FILE: file }), [one, two]);
});

test('CL3 what is no secret is refused in a sentence that names the setting', async () => {
  const file = join(DATA_DIR, 'wrong');
  await writeFile(file, `${one}\n${two}\n${one}\n`);
  await assert.rejects(
    secrets({ CLUSTER_SECRET: 'short' }),
    /^StartRefusal: CLUSTER_SECRET must hold .* 32 characters without spaces/,
  );
  await assert.rejects(secrets({ CLUSTER_SECRET_FILE: file }), /wrong must hold one secret/);
  await assert.rejects(secrets({ CLUSTER_SECRET_FILE: join(DATA_DIR, 'none') }), /CLUSTER_SECRET_FILE: there is no/);
  assert.throws(() => readConfig({ CLUSTER_SECRET: one, CLUSTER_SECRET_FILE: file }), /leave one of them out/);
});
