import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/place.mjs';
import { byNameAlone, fillIn, readCompose, wrongSettings } from './composeFile.ts';
import { pinned } from './pinned.ts';

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

test('images are taken by digest: compose and Dockerfile name none by a tag alone', () => {
  const env = pinned();
  assert.deepEqual(
    Object.keys(env)
      .filter((name) => name.endsWith('_IMAGE'))
      .sort(),
    ['BASE_IMAGE', 'POSTGRES_IMAGE', 'REDIS_IMAGE'],
  );
  assert.deepEqual(byNameAlone(readCompose(env)), []);
  for (const name of ['BASE_IMAGE', 'POSTGRES_IMAGE', 'REDIS_IMAGE']) {
    const { [name]: _, ...without } = env;
    assert.throws(() => readCompose(without), new RegExp(`wants ${name}: run deploy/pin\\.sh first`));
    assert.equal(byNameAlone(readCompose({ ...env, [name]: 'debian:13-slim' })).length, 1);
  }
  const from = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own
  assert.deepEqual(from, ['${BASE_IMAGE}', '${BASE_IMAGE}']);
  assert.doesNotMatch(dockerfile, /^# *syntax *=/m, 'a front end would be an image by a tag alone');
});

test('a base image without a digest ends the build', () => {
  const check = /^RUN (echo "\$BASE_IMAGE".*)$/m.exec(dockerfile)?.[1] ?? '';
  const status = (image: string) =>
    spawnSync('sh', ['-c', check], { env: { ...process.env, BASE_IMAGE: image } }).status;
  assert.equal(status(`debian:13-slim@sha256:${'a'.repeat(64)}`), 0);
  assert.equal(status('localhost/dieu-hanh-base:13'), 0, 'made on this machine');
  for (const image of ['debian:13-slim', 'debian@sha256:abc', '', `evil/localhost/x`])
    assert.equal(status(image), 1, image);
});

test('the server knows every setting that compose gives it, and the ports fit', () => {
  const compose = readCompose(pinned());
  assert.deepEqual(wrongSettings(compose, dockerfile), []);
  const { app } = compose.services;
  const changed = (environment: Record<string, string>, ports = app.ports) => {
    const services = {
      ...compose.services,
      app: { ...app, ports, environment: { ...app.environment, ...environment } },
    };
    return wrongSettings({ ...compose, services }, dockerfile).join('; ');
  };
  assert.match(changed({ MEDIA_PROT: '40000' }), /knows no setting MEDIA_PROT/);
  assert.match(changed({ MEDIA_WORKERS: 'many' }), /MEDIA_WORKERS/);
  assert.match(changed({ MEDIA_WORKERS: '5' }), /40004\/udp is used by the server, but not published/);
  const node = { ...compose.services.node, environment: { JION_URL: 'https://app:8080' } };
  const wrongNode = wrongSettings({ ...compose, services: { ...compose.services, node } }, dockerfile).join('; ');
  assert.match(wrongNode, /node: the server knows no setting JION_URL; node: it has nobody to join/);
  assert.match(changed({}, [...app.ports, '127.0.0.1:9090:9090']), /9090\/tcp is published, but nobody listens there/);
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the file's own
test('compose is read by a schema: unknown keys and variables without a value are refused', () => {
  assert.equal(fillIn('a ${B:-c} $$D ${E}', { E: 'e' }), 'a c $D e');
  assert.throws(() => fillIn('${B:?say why}', {}), /wants B: say why/);
  assert.throws(() => fillIn('${B}', { B: '' }), /wants B/);
  const { POSTGRES_PASSWORD: _, ...without } = pinned();
  assert.throws(() => readCompose(without), /wants POSTGRES_PASSWORD: run deploy\/secrets\.sh first/);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the file's own

/** No engine can be asked for images here, so one stands in; what is tried is the script. */
const ENGINE = `#!/bin/sh
case "$1" in
  pull) [ "$3" != "missing:1" ] ;;
  image) [ -n "$ANSWER" ] && echo "$ANSWER" || echo "$5@sha256:$(printf %064d 7)" ;;
esac
`;

test('deploy/pin.sh writes the digests beside the secrets, changes nothing else, and nothing at all when one is not known', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pin-'));
  mkdirSync(join(folder, 'deploy'));
  for (const name of ['pin.sh', 'secrets.sh', 'certificates.sh'])
    cpSync(join(root, 'deploy', name), join(folder, 'deploy', name));
  writeFileSync(join(folder, 'engine'), ENGINE, { mode: 0o755 });
  const pin = (env: NodeJS.ProcessEnv = {}, args: string[] = []) =>
    spawnSync('sh', [join(folder, 'deploy/pin.sh'), ...args], {
      env: { ...process.env, ENGINE: join(folder, 'engine'), ...env },
      encoding: 'utf8',
    });
  const written = () => readFileSync(join(folder, '.env'), 'utf8').trim().split('\n');
  const digest = `sha256:${'0'.repeat(63)}7`;

  assert.equal(spawnSync('sh', [join(folder, 'deploy/secrets.sh')]).status, 0);
  const secrets = written();
  assert.equal(pin().status, 0);
  const images = [
    `BASE_IMAGE=debian:13-slim@${digest}`,
    `POSTGRES_IMAGE=postgres:18@${digest}`,
    `REDIS_IMAGE=redis:8@${digest}`,
  ];
  assert.deepEqual(written(), [...secrets, ...images]);
  assert.equal(statSync(join(folder, '.env')).mode & 0o777, 0o600);

  assert.equal(pin({}, ['registry.example/']).status, 0);
  assert.deepEqual(written(), [...secrets, ...images.map((line) => line.replace('=', '=registry.example/'))]);
  const before = written();
  const refused = pin({ ANSWER: 'debian:13-slim' });
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /knows no digest of debian:13-slim/);
  assert.deepEqual(written(), before);
  const env = Object.fromEntries(before.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  assert.deepEqual(byNameAlone(readCompose(env)), []);
  rmSync(folder, { recursive: true });
});
