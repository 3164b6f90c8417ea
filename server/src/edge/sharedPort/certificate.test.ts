import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { connect, createServer as createTls, type TLSSocket } from 'node:tls';
import { standing } from '../../compose/certificate.ts';
import { localCertificate, ServedCertificate } from './index.ts';
import {
  ALGORITHM,
  DAY_MS,
  exportKey,
  generate,
  type Issuer,
  permits,
  readIssuer,
  serial,
  validity,
  writePem,
  x509,
} from './x509.ts';

const names = (...more: string[]) => ({ must: ['hop.example'], all: ['hop.example', '192.0.2.7', ...more] });

async function inFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}
const certificateIn = async (path: string) => new X509Certificate(await readFile(path));
const daysOf = (certificate: X509Certificate) =>
  (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY_MS;
const issuerIn = async (folder: string): Promise<Issuer> =>
  (await readIssuer(join(folder, 'issuing.pem'), join(folder, 'issuing.key'))) as Issuer;

/** What a thief of the key would do: sign for a name of theirs. */
async function forge({ certificate, key }: Issuer, name: string, type: 'dns' | 'ip') {
  const keys = await generate();
  const forged = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${name}`,
    issuer: certificate.subject,
    ...validity(30),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: key,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type, value: name }])],
  });
  return { cert: `${forged.toString('pem')}\n${certificate.toString('pem')}`, key: await exportKey(keys.privateKey) };
}

/** What a device that trusts `ca` says of a server with that certificate. */
async function verdict(
  pair: { cert: string | Buffer; key: string | Buffer },
  ca: Buffer,
  name: string,
): Promise<string> {
  const server = createTls(pair, (socket) => socket.end()).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const outcome = await new Promise<string>((resolve) => {
    const options = { port, host: '127.0.0.1', ca, ...(isIP(name) ? {} : { servername: name }) };
    const socket: TLSSocket = connect({ ...options, checkServerIdentity: () => undefined }, () => {
      resolve('trusted');
      socket.destroy();
    });
    socket.once('error', (error) => resolve(error.message));
  });
  server.close();
  return outcome;
}

test('LC1 a thief of the authority’s key can pretend to be this installation, and no other site', async (t) => {
  const folder = await inFolder(t);
  const { cert, key, ca } = await localCertificate(folder, names());
  const trusted = await readFile(ca);
  const own = { cert: await readFile(cert), key: await readFile(key) };
  assert.equal(await verdict(own, trusted, 'hop.example'), 'trusted');
  const issuer = await issuerIn(folder);
  for (const [name, type] of [
    ['bank.example', 'dns'],
    ['ahop.example', 'dns'],
    ['192.0.2.8', 'ip'],
    ['2001:db8::1', 'ip'],
  ] as const)
    assert.match(await verdict(await forge(issuer, name, type), trusted, name), /permitted subtree/, name);
  assert.equal(await verdict(await forge(issuer, 'a.hop.example', 'dns'), trusted, 'a.hop.example'), 'trusted');
});

test('LC1 an address alone, without a name beside it, is vouched for', async (t) => {
  const folder = await inFolder(t);
  const { cert, key, ca } = await localCertificate(folder, { must: ['192.0.2.7'], all: ['192.0.2.7'] });
  const own = { cert: await readFile(cert), key: await readFile(key) };
  assert.equal(await verdict(own, await readFile(ca), '192.0.2.7'), 'trusted');
});

test('LC1 the key of what devices trust is nowhere, the others are for their owner, and all end in time', async (t) => {
  const folder = await inFolder(t);
  const { ca, cert } = await localCertificate(folder, names());
  assert.deepEqual((await readdir(folder)).sort(), [
    'ca.pem',
    'issuing.key',
    'issuing.pem',
    'server.key',
    'server.pem',
  ]);
  for (const file of ['issuing.key', 'server.key'])
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600, file);
  const [root, issuing, leaf] = [
    await certificateIn(ca),
    await certificateIn(join(folder, 'issuing.pem')),
    await certificateIn(cert),
  ];
  assert.deepEqual([root, issuing, leaf].map(daysOf).map(Math.round), [730, 730, 397]);
  assert.equal(issuing.checkIssued(root) && leaf.checkIssued(issuing), true);
  assert.equal(issuing.publicKey.equals(root.publicKey), false);
});

test('LC3 an address that came later is left out, and a name that must be there brings a new authority', async (t) => {
  const folder = await inFolder(t);
  const first = await localCertificate(folder, names());
  const again = await localCertificate(folder, names('192.0.2.9', 'later.example', 'a.hop.example'));
  assert.deepEqual(again, first);
  const leaf = await certificateIn(again.cert);
  assert.match(leaf.subjectAltName ?? '', /hop\.example.*192\.0\.2\.7.*a\.hop\.example/);
  assert.doesNotMatch(leaf.subjectAltName ?? '', /192\.0\.2\.9|later/);
  const other = await localCertificate(folder, { must: ['new.example'], all: ['new.example'] });
  assert.notEqual(other.fingerprint, first.fingerprint);
  const issuer = await issuerIn(folder);
  assert.deepEqual(
    ['new.example', 'hop.example', '127.0.0.1', '::1', '192.0.2.7'].map((name) => permits(issuer.certificate, name)),
    [true, false, true, true, false],
  );
});

test('LC2 the next authority is made 90 days before the end, and takes over when devices had time to trust it', async (t) => {
  const folder = await inFolder(t);
  const begin = Date.now();
  mock.timers.enable({ apis: ['Date'], now: begin });
  t.after(() => mock.timers.reset());
  const first = await localCertificate(folder, names());
  const at = (days: number) => {
    mock.timers.setTime(begin + days * DAY_MS);
    return localCertificate(folder, names());
  };
  assert.equal((await at(600)).next, undefined);
  const { next, fingerprint } = await at(640);
  assert.ok(next);
  assert.equal(fingerprint, first.fingerprint);
  assert.equal(Math.round((next.from.getTime() - begin) / DAY_MS), 640 + 88);
  assert.equal((await at(700)).next?.fingerprint, next.fingerprint);
  const leaf = await certificateIn(first.cert);
  assert.ok(Date.parse(leaf.validTo) <= Date.parse((await certificateIn(first.ca)).validTo));
  const after = await at(728.5);
  assert.deepEqual([after.fingerprint, after.next], [next.fingerprint, undefined]);
  assert.equal((await certificateIn(after.cert)).checkIssued(await certificateIn(join(folder, 'issuing.pem'))), true);
  const late = await at(728 + 729 + 30);
  assert.notEqual(late.fingerprint, after.fingerprint, 'who comes back after its end begins anew');
});

test('LC2 an authority of an earlier version serves on until its successor takes over, and then its key is gone', async (t) => {
  const folder = await inFolder(t);
  const keys = await generate();
  const earlier = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Dieu Hanh earlier',
    ...validity(3650),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writePem(join(folder, 'ca.pem'), earlier.toString('pem'));
  await writePem(join(folder, 'ca.key'), await exportKey(keys.privateKey), 0o600);
  const { ca, fingerprint, next, cert, key } = await localCertificate(folder, names());
  assert.equal(fingerprint, (await certificateIn(ca)).fingerprint256);
  assert.ok(next);
  const pair = { cert: await readFile(cert), key: await readFile(key) };
  assert.equal(await verdict(pair, await readFile(ca), 'hop.example'), 'trusted');
  mock.timers.enable({ apis: ['Date'], now: next.from });
  t.after(() => mock.timers.reset());
  const after = await localCertificate(folder, names());
  assert.deepEqual([after.fingerprint, after.next], [next.fingerprint, undefined]);
  assert.equal((await readdir(folder)).includes('ca.key'), false);
});

test('LC4 other files are served without a restart; half-written ones are waited for', async (t) => {
  const [one, two] = [await inFolder(t), await inFolder(t)];
  const [files, others] = [await localCertificate(one, names()), await localCertificate(two, names())];
  const served = await ServedCertificate.create(files);
  const server = createServer(served.pair, (_request, response) => response.end('ok'));
  served.serve(server);
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shown = (ca: string) =>
    readFile(ca).then(
      (trusted) =>
        new Promise<string>((resolve, reject) => {
          const asked = request({ port, host: '127.0.0.1', servername: 'hop.example', ca: trusted, agent: false });
          asked.once('response', (response) => {
            resolve((response.socket as TLSSocket).getPeerCertificate().fingerprint256);
            response.resume();
          });
          asked.once('error', reject).end();
        }),
    );
  const before = await shown(files.ca);
  assert.equal(await served.look(), false);
  await copyFile(others.cert, files.cert);
  await assert.rejects(served.look(), /key values mismatch/);
  assert.equal(await shown(files.ca), before);
  await copyFile(others.key, files.key);
  assert.equal(await served.look(), true);
  assert.equal(await shown(others.ca), (await certificateIn(others.cert)).fingerprint256);
  await rm(files.key);
  await assert.rejects(served.look(), /ENOENT/);
  assert.notEqual(await shown(others.ca), before);
});

test('LC5 a certificate near its end, one that is over, and an authority that is about to be followed', () => {
  const now = new Date('2026-09-02T00:00:00Z');
  const in_ = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const next = { ca: '/data/tls/next-ca.pem', fingerprint: 'AB:CD', from: in_(10) };
  const table = [
    [in_(31), 'files', /^fine$/],
    [in_(29), 'files', /^warning the certificate ends on 2026-10-01: .*TLS_CERT/],
    [in_(-1), 'files', /^warning the certificate ended on 2026-09-01, so browsers refuse the page: .*TLS_CERT/],
    [in_(200), {}, /^fine$/],
    [in_(20), 'acme', /^warning the certificate ends on 2026-09-22: the log says why/],
    [in_(200), { next }, /^warning another authority takes over on 2026-09-12: put \/data\/tls\/next-ca\.pem .*AB:CD/],
  ] as const;
  for (const [ends, local, expected] of table) {
    const finding = standing(ends, local, now);
    assert.match(finding.state === 'fine' ? 'fine' : `${finding.state} ${finding.says}`, expected);
  }
});
