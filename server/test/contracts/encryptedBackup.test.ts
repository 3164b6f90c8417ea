import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { decrypted, encryptedTo } from '../../src/store/postgres/backup/encryption.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { dh } from '../support/dh.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let folder: string;
const at = (name: string): string => join(folder, name);
/** Two keys that are held elsewhere, and one of somebody else. */
const keys: { identity: string; recipient: string }[] = [];

before(async () => {
  stores = await openStores({ world: true });
  folder = await mkdtemp(join(tmpdir(), 'dh-encrypted-'));
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas.slice(0, 3)) await area(world);
  for (const name of ['first', 'second', 'stranger']) {
    const identity = await generateIdentity();
    keys.push({ identity, recipient: await identityToRecipient(identity) });
    await writeFile(at(name), `# a key of the archive\n${identity}\n`, { mode: 0o600 });
  }
  const recipients = keys.slice(0, 2).map(({ recipient }) => recipient);
  const saved = await run('backup', [at('saved'), ...recipients.flatMap((key) => ['--recipient', key])]);
  assert.equal(saved.status, 0, saved.out + saved.err);
});
after(async () => {
  await world?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

const run = (command: 'backup' | 'restore', args: readonly string[], url = stores.databaseUrl, more = {}) =>
  dh(`${command}/main`, args, { DATABASE_URL: url, ...more });

const unitsIn = async (url: string): Promise<number> => {
  const postgres = await Postgres.create(url, () => undefined, 1);
  const [row] = await postgres
    .query<{ units: number }>('SELECT count(*)::int AS units FROM units')
    .finally(() => postgres.close());
  return row?.units ?? 0;
};

test('AU18 an encrypted backup shows nothing of what is in it, and is restored with each of its keys', async () => {
  const content = await readFile(at('saved'));
  assert.match(content.subarray(0, 30).toString('latin1'), /^age-encryption\.org\/v1\n/);
  assert.equal((await stat(at('saved'))).mode & 0o777, 0o600);
  for (const name of ['first', 'second']) {
    const database = await createDatabase(stores.databaseUrl);
    try {
      const restored = await run('restore', [at('saved'), '--identity', at(name)], database.databaseUrl);
      assert.equal(restored.status, 0, restored.out + restored.err);
      assert.match(restored.out, /nothing is wrong/);
      assert.equal(await unitsIn(database.databaseUrl), await unitsIn(stores.databaseUrl));
    } finally {
      await database.close();
    }
  }
});

test('AU18 without its key, with another one, damaged or cut short it changes nothing, and says why', async () => {
  const database = await createDatabase(stores.databaseUrl);
  try {
    const content = await readFile(at('saved'));
    const altered = Buffer.from(content);
    altered[content.length - 100] = (altered[content.length - 100] ?? 0) ^ 1;
    await writeFile(at('altered'), altered);
    await writeFile(at('cut'), content.subarray(0, content.length - 50));
    const tries = [
      { args: [at('saved')], says: /is encrypted: name the file of a key/ },
      { args: [at('saved'), '--identity', at('stranger')], says: /encrypted to other keys/ },
      { args: [at('saved'), '--identity', at('saved')], says: /is no identity file of age/ },
      { args: [at('altered'), '--identity', at('first')], says: /damaged or cut short: it can not be decrypted/ },
      { args: [at('cut'), '--identity', at('first')], says: /damaged or cut short: it can not be decrypted/ },
    ];
    for (const { args, says } of tries) {
      const refused = await run('restore', args, database.databaseUrl);
      assert.equal(refused.status, 1, args.join(' '));
      assert.match(refused.err, says);
      assert.doesNotMatch(refused.err, /\n\s+at /, 'one sentence');
    }
    const postgres = await Postgres.create(database.databaseUrl, () => undefined, 1);
    const tables = await postgres
      .query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
      .finally(() => postgres.close());
    assert.equal(tables.length, 0);
  } finally {
    await database.close();
  }
});

test('AU18 the keys of the settings count for each backup, unless others are named or it is to be plain', async () => {
  const [first, second] = keys.map(({ recipient }) => recipient) as [string, string];
  const settings = { BACKUP_RECIPIENTS: first };
  const told = async (name: string, ...args: string[]) => {
    const saved = await run('backup', [at(name), ...args], stores.databaseUrl, settings);
    assert.equal(saved.status, 0, saved.out + saved.err);
    return saved.out.split('\n')[0];
  };
  assert.equal(await told('by-setting'), `saved to ${at('by-setting')}, encrypted to ${first}`);
  assert.equal(await told('by-option', '--recipient', second), `saved to ${at('by-option')}, encrypted to ${second}`);
  assert.equal(await told('plain', '--plain'), `saved to ${at('plain')}`);
  const refused = await run('backup', [at('wrong'), '--recipient', 'age1wrong']);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /age1wrong is no public key of age/);
});

test('AU18 a backup larger than the memory that is left goes through encryption piece by piece', async () => {
  const { identity, recipient } = keys[0] ?? assert.fail();
  const [pieces, size] = [3_000, 64 * 1024];
  let made = 0;
  async function* content() {
    for (; made < pieces; made++) yield Buffer.alloc(size, made % 251);
  }
  let most = 0;
  let seen = 0;
  for await (const chunk of decrypted(encryptedTo([recipient])(content()) as AsyncIterable<Buffer>, [identity])) {
    seen += chunk.length;
    most = Math.max(most, made * size - seen);
  }
  assert.equal(seen, pieces * size);
  assert.ok(most < 100 * size, `at most ${most / size} pieces were on their way at once`);
});
