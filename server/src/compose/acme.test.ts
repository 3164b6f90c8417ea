import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, mock, type TestContext, test } from 'node:test';
import { freePort } from '../../test/support/freePort.ts';
import { happens } from '../../test/support/happens.ts';
import { noPebble, Pebble } from '../../test/support/Pebble.ts';
import { until } from '../../test/support/until.ts';
import { readConfig } from '../config.ts';
import { AcmeCertificate, isDue } from '../edge/acme/AcmeCertificate.ts';
import { challengeDoor } from '../edge/acme/answerChallenges.ts';
import { Closer } from '../lib/Closer.ts';
import { FINE } from '../observability/Conditions.ts';
import { Health } from '../observability/health.ts';
import { createLogger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import { openAcme } from './acme.ts';
import { composeCertificate } from './certificate.ts';
import { checkMachine } from './checkMachine.ts';

const skip = noPebble() ?? false;
const DAY_MS = 86_400_000;
const name = 'hop.example';
let pebble: Pebble;
before(async () => {
  if (!skip) pebble = await Pebble.create();
});
after(() => pebble?.close());

async function certificateOf(t: TestContext, more: { port?: number; ca?: string | undefined } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dh-acme-'));
  t.after(() => rm(folder, { recursive: true }));
  const { directory, ca, httpPort } = pebble;
  const answering = challengeDoor({ host: Pebble.HOST, port: more.port ?? httpPort });
  const options = { folder, directory, ca, contact: 'operator@hop.example', name, answering, random: () => 1, ...more };
  return { folder, acme: new AcmeCertificate(options), again: () => new AcmeCertificate(options) };
}

test('LC6 a certificate is had from an ACME server, kept for its owner alone, and renewed by the same account in time', {
  skip,
}, async (t) => {
  const { folder, acme, again } = await certificateOf(t);
  assert.equal(await acme.isThere(), false);
  assert.equal(await acme.renew(), true);
  assert.equal(await acme.isThere(), true);
  const first = new X509Certificate(await readFile(acme.files.cert));
  assert.equal(first.subjectAltName, `DNS:${name}`);
  assert.equal((await readFile(acme.files.cert, 'utf8')).match(/BEGIN CERTIFICATE/g)?.length, 2, 'with its chain');
  assert.deepEqual((await readdir(folder)).sort(), ['account.key', 'server.key', 'server.pem']);
  for (const file of await readdir(folder)) assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600, file);
  const account = await readFile(join(folder, 'account.key'), 'utf8');

  assert.equal(await again().renew(), false, 'a restart asks for none');
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 61 * DAY_MS });
  t.after(() => mock.timers.reset());
  assert.equal(await again().renew(), true);
  assert.notEqual(new X509Certificate(await readFile(acme.files.cert)).serialNumber, first.serialNumber);
  assert.equal(await readFile(join(folder, 'account.key'), 'utf8'), account);
});

test('LC6 a name that is not proven gets none, with the reason, and is tried again after a longer pause each time', {
  skip,
}, async (t) => {
  const elsewhere = createServer((_request, response) => response.writeHead(404).end()).listen(
    pebble.httpPort,
    Pebble.HOST,
  );
  t.after(() => elsewhere.close());
  await happens(elsewhere, 'listening');
  const { acme, folder } = await certificateOf(t, { port: 0 });
  await assert.rejects(acme.renew(), { name: 'AcmeError', message: /the order was refused: .*404/ });
  assert.equal(await acme.isThere(), false);
  assert.equal(await acme.renew(), false, 'not at once');
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
  t.after(() => mock.timers.reset());
  await assert.rejects(acme.renew(), /refused/);
  mock.timers.tick(61_000);
  assert.equal(await acme.renew(), false);
  assert.deepEqual(await readdir(folder), ['account.key']);
});

test('LC6 a server that this one does not know is not asked', { skip }, async (t) => {
  const { acme } = await certificateOf(t, { ca: undefined });
  await assert.rejects(acme.renew(), { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
});

test('LC6 the server serves by its own authority until the certificate is there, then by that, also after a restart', {
  skip,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-acme-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'acme-ca.pem'), pebble.ca);
  const config = readConfig({
    ...{ HOST: Pebble.HOST, PUBLIC_URL: `https://${name}`, DATA_DIR: folder, ACME_DIRECTORY: pebble.directory },
    ...{ ACME_CA: join(folder, 'acme-ca.pem'), ACME_HTTP_PORT: String(pebble.httpPort) },
  });
  const start = async () => {
    const closer = new Closer(() => undefined);
    t.after(() => closer.close());
    const base = { config, logger: createLogger('silent'), metrics: new Metrics('test'), health: new Health(), closer };
    const { served, conditions } = await composeCertificate(base);
    assert.ok(served);
    return { issuer: () => new X509Certificate(served.pair.cert).issuer, look: () => conditions[0]?.look() };
  };
  const first = await start();
  assert.match(first.issuer(), /Dieu Hanh/);
  await until('the other is served', () => /Pebble/.test(first.issuer()), 30_000);
  assert.deepEqual(await first.look(), FINE);
  assert.match((await start()).issuer(), /Pebble/);
});

test('LC6 settings that could be of no use are refused', async () => {
  const refused = async (env: NodeJS.ProcessEnv, sentence: RegExp) =>
    assert.rejects(openAcme(readConfig({ ACME_DIRECTORY: 'https://acme.example/dir', ...env })), sentence);
  const open = { HOST: Pebble.HOST, PUBLIC_URL: 'https://hop.example' };
  await refused({}, /^StartRefusal: ACME_DIRECTORY is of use where this server speaks TLS itself/);
  await refused({ ...open, TLS_CERT: 'a', TLS_KEY: 'b' }, /two ways to a certificate/);
  await refused({ ...open, PUBLIC_URL: 'https://192.0.2.7:8080' }, /192\.0\.2\.7 is none/);
  await refused(
    { ...open, ACME_CA: '/nowhere/ca.pem' },
    /^StartRefusal: ACME_CA: \/nowhere\/ca\.pem cannot be read \(ENOENT\)/,
  );
});

test('LC6 a port for the proof that somebody has refuses the start, not the first renewal', async (t) => {
  const holder = createServer().listen(0, Pebble.HOST);
  t.after(() => holder.close());
  await happens(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const [page, api, media] = await Promise.all([freePort(), freePort(), freePort()]);
  const env = {
    ...{ HOST: Pebble.HOST, PORT: String(page), API_PORT: String(api), MEDIA_PORT: String(media), MEDIA_WORKERS: '1' },
    ...{ ACME_DIRECTORY: 'https://acme.example/dir', ACME_HTTP_PORT: String(port), DATA_DIR: tmpdir() },
  };
  await assert.rejects(checkMachine(readConfig(env)), new RegExp(`TCP port ${port} of .* another ACME_HTTP_PORT`));
});

test('LC6 the door for the proof is open while it is needed, and knows its tokens alone', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await happens(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const door = challengeDoor({ host: '127.0.0.1', port });
  await assert.rejects(
    door(new Map(), async () => undefined),
    /^StartRefusal: .*ACME_HTTP_PORT/,
  );
  taken.close();
  await happens(taken, 'close');
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then(async (r) => [r.status, await r.text()]);
  await door(new Map([['a-token', 'its proof']]), async () => {
    assert.deepEqual(await at('/.well-known/acme-challenge/a-token'), [200, 'its proof']);
    for (const path of ['/', '/.well-known/acme-challenge/', '/.well-known/acme-challenge/__proto__', '/a-token'])
      assert.deepEqual(await at(path), [404, '']);
  });
  await assert.rejects(at('/'));
});

test('LC6 a certificate is due without one, with a third of its life left, and for another name', () => {
  const certificate = {
    validFrom: '2026-01-01T00:00:00Z',
    validTo: '2026-04-01T00:00:00Z',
    checkHost: (host: string) => (host === name ? host : undefined),
  } as X509Certificate;
  const on = (day: string) => Date.parse(`${day}T00:00:00Z`);
  assert.equal(isDue(undefined, name, 0), true);
  assert.equal(isDue(certificate, name, on('2026-03-01')), false);
  assert.equal(isDue(certificate, name, on('2026-03-03')), true);
  assert.equal(isDue(certificate, 'other.example', on('2026-01-02')), true);
});
