import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { environmentOf, findAccount, RootStart, runAs, whyNoRootStart } from '../../support/RootStart.ts';
import { until } from '../../support/until.ts';

const skip = whyNoRootStart();
const OLD = `/var/lib/dieu-hanh/handed-${randomBytes(8).toString('hex')}`;
const NAMED = ['TLS_CERT', 'TLS_KEY', 'SFU_CONFIG', 'CLUSTER_SECRET_FILE'];
let server: RootStart;

before(async () => {
  if (skip) return;
  mkdirSync(OLD, { recursive: true });
  writeFileSync(join(OLD, 'TLS_KEY'), 'a key that a version before this one left');
  server = await RootStart.create((closed) => {
    const [config, secret] = [join(closed, 'sfu.json'), join(closed, 'secret')];
    writeFileSync(config, '{ "profile": "national" }', { mode: 0o600 });
    writeFileSync(secret, randomBytes(32).toString('base64'), { mode: 0o600 });
    return { SFU_CONFIG: config, CLUSTER_SECRET_FILE: secret };
  });
});
after(() => server?.close());

/** What the server's environment names for a setting, and the path by which another process of that account could try. */
function handed(): { name: string; path: string; fromOutside: string }[] {
  const { pid } = server.main();
  const environment = environmentOf(pid);
  return NAMED.map((name) => {
    const path = environment[name] ?? '';
    return { name, path, fromOutside: path.replace('/proc/self/', `/proc/${pid}/`) };
  });
}

test('RG7 files that root alone may read have no name where the server reads them, and no other process of its account reads them', {
  skip,
}, () => {
  for (const { name, path, fromOutside } of handed()) {
    assert.match(path, /^\/proc\/self\/fd\/\d+$/, name);
    assert.match(readlinkSync(fromOutside), / \(deleted\)$/, name);
    assert.match(runAs(findAccount('dieu-hanh'), 'cat', fromOutside).stderr, /Permission denied/, name);
  }
});

test('RG7 stores and media workers inherit none of these files', { skip }, () => {
  for (const { pid, name } of server.processes().slice(1)) {
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    assert.deepEqual(
      open.filter((path) => path.includes('.dieu-hanh-')),
      [],
      name,
    );
  }
});

test('RG7 copies that an earlier version left are gone after a start', { skip }, () => {
  assert.equal(existsSync(OLD), false);
});

test('RG7 a server that is started again after its death gets the same files', { skip }, async () => {
  process.kill(server.main().pid, 'SIGKILL');
  await until('ready again', () => server.said('ready https') === 2, 30_000);
  for (const { name, path } of handed()) assert.match(path, /^\/proc\/self\/fd\/\d+$/, name);
});
