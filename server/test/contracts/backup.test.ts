import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readBackup } from '../../../scripts/support/backupFile.ts';
import type { RecordRow } from '../../src/domain/record/seal.ts';
import { stamperOf } from '../../src/domain/record/stamp.ts';
import { checkBackup, DamagedBackup } from '../../src/store/postgres/backup/check.ts';
import { type Trailer, trailerSchema } from '../../src/store/postgres/backup/format.ts';
import { applyMigrations } from '../../src/store/postgres/base/migrate.ts';
import { migrationNames } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { receiptsOf } from '../../src/store/postgres/record/receipts.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { administer } from '../support/administer.ts';
import { dh } from '../support/dh.ts';
import { lateCounts } from '../support/lateCounts.ts';
import { areas } from '../support/official/areas.ts';
import { issueAlone } from '../support/official/directives.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { schemaOf } from '../support/schemaOf.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let folder: string;
/** The file of one backup. */
let whole: string;
const at = (name: string): string => join(folder, name);
const opened: { close(): Promise<void> }[] = [];
before(async () => {
  stores = await openStores({ world: true });
  folder = await mkdtemp(join(tmpdir(), 'dh-backup-'));
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas) await area(world);
  await letIn(stores.databaseUrl, world.pm.id);
  whole = await backup('whole');
});
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});
after(async () => {
  await world?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

const own = <T extends { close(): Promise<void> }>(thing: T): T => {
  opened.push(thing);
  return thing;
};
const emptyDatabase = async () => own(await createDatabase(stores.databaseUrl)).databaseUrl;
const run = (command: 'backup' | 'restore', args: readonly string[], url: string) =>
  dh(`${command}/main`, args, { DATABASE_URL: url });
const backup = async (name: string, url = stores.databaseUrl) => {
  const done = await run('backup', [at(name)], url);
  assert.equal(done.status, 0, done.out + done.err);
  return at(name);
};
/** For one question: a pool that stays open is a server to `restore`. */
const ask = async <T extends object>(url: string, text: string): Promise<readonly T[]> => {
  const postgres = await Postgres.create(url, () => undefined, 1);
  return postgres.query<T & Record<string, unknown>>(text).finally(() => postgres.close());
};

/** What is in the file of a backup. */
function partsOf(packed: Buffer): { readonly content: string; readonly trailer: Trailer } {
  const lines = gunzipSync(packed).toString().trimEnd().split('\n');
  const trailer = trailerSchema.parse(JSON.parse(lines.pop() as string));
  return { content: `${lines.join('\n')}\n`, trailer };
}

/** A session, a link and a password. */
const letIn = async (url: string, account: string) => {
  await ask(url, `INSERT INTO credentials (account, login, hash) VALUES ('${account}', 'pm', 'x')`);
  await ask(url, `INSERT INTO links (account, secret_hash) VALUES ('${account}', '\\x01')`);
  await ask(
    url,
    `INSERT INTO sessions (id, secret_hash, account, device, expires_at) VALUES ('s', '\\x02', '${account}', 'd', 'infinity')`,
  );
};

/** Table -> what is in it, as one hash. */
async function contents(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`,
  );
  if (tables.length === 0) return {};
  const hashes = tables.map(
    ({ name }) => `SELECT '${name}' AS name, md5(string_agg(t::text, E'\n' ORDER BY t::text)) AS all FROM ${name} t`,
  );
  const rows = await ask<{ name: string; all: string | null }>(url, `${hashes.join(' UNION ALL ')} ORDER BY 1`);
  return Object.fromEntries(rows.map(({ name, all }) => [name, all ?? '']));
}

test('AU12 a restored database has every row and every rule, a record in order, and goes on recording', async () => {
  assert.equal((await stat(whole)).mode & 0o777, 0o600);
  const url = await emptyDatabase();
  const restored = await run('restore', [whole], url);
  assert.equal(restored.status, 0, restored.out + restored.err);
  assert.match(restored.out, /nothing is wrong/);
  assert.match(restored.out, /floor_acts: 1 rows from before there were seals/);
  const [now, then] = [await contents(url), await contents(stores.databaseUrl)];
  const other = Object.keys(then).filter((table) => now[table] !== then[table]);
  const sealed = ['catalog_seals', 'chains', 'restores', 'seals'];
  assert.deepEqual(
    other,
    [...sealed, 'credentials', 'figure_keys', 'figure_readers', 'links', 'sessions'].sort(),
    'AU16, AU30',
  );
  const postgres = own(await Postgres.create(url, () => undefined, 1));
  assert.deepEqual(await schemaOf(postgres), await schemaOf(world.postgres));
  await new PgBriefings(postgres).create({
    title: 'Sau khi phục hồi',
    scheduledAt: '2026-09-03T01:00:00.000Z',
    stage: 'vn',
    scope: ['vn'],
    expected: 3,
    createdBy: world.pm.id,
  });
  const verified = await dh('audit/verify', [], { DATABASE_URL: url });
  assert.equal(verified.status, 0, verified.out);
});

test('AU12 a backup is one moment, whatever is recorded meanwhile', async () => {
  let stop = false;
  const writer = (async () => {
    while (!stop) await world.liveBriefing();
  })();
  const file = await backup('busy').finally(() => {
    stop = true;
  });
  await writer;
  const url = await emptyDatabase();
  const restored = await run('restore', [file], url);
  assert.equal(restored.status, 0, restored.out + restored.err);
});

test('AU12 a backup is whole when PostgreSQL says how many rows a table had in a later packet than the rows; one that was written without waiting for it is read', async () => {
  const late = await lateCounts(stores.databaseUrl);
  const file = await backup('late', late.databaseUrl).finally(() => late.close());
  const { content, trailer } = partsOf(await readFile(file));
  const { rows } = trailer;
  assert.ok(rows.filter((n) => n > 0).length > 20);
  await checkBackup(readBackup(file));
  const withRows = (said: readonly number[]) =>
    writeFile(at('said'), gzipSync(`${content}${JSON.stringify({ ...trailer, rows: said })}\n`));
  await withRows(rows.map(() => 0));
  await checkBackup(readBackup(at('said')));
  await withRows(rows.map((n) => n + 1));
  await assert.rejects(checkBackup(readBackup(at('said'))), DamagedBackup);
});

test('AU12 a backup from before there were seals is brought up to date, and its old rows are what they were', async () => {
  const old = await emptyDatabase();
  const postgres = await Postgres.create(old, () => undefined, 1);
  const names = (await migrationNames()).filter((name) => name < '0020');
  await postgres.transaction((sql) => applyMigrations(sql, names));
  await OfficialWorld.beforeSeals(postgres).finally(() => postgres.close());
  const saved = await run('backup', [at('old')], old);
  assert.equal(saved.status, 3);
  assert.match(saved.err, /not verified: the database is older/);
  const url = await emptyDatabase();
  const restored = await run('restore', [at('old')], url);
  assert.equal(restored.status, 0, restored.out + restored.err);
  assert.match(restored.out, /briefing_acts: 2 rows from before there were seals/);
});

test('AU12 a database that holds something is left alone, unless it is told to go', async () => {
  const url = await emptyDatabase();
  assert.equal((await run('restore', [whole], url)).status, 0);
  await ask(url, `UPDATE accounts SET name = 'khác'`);
  const changed = await contents(url);
  const refused = await run('restore', [whole], url);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /not empty/);
  assert.deepEqual(await contents(url), changed);
  assert.equal((await run('restore', [whole, '--replace'], url)).status, 0);
  assert.notDeepEqual(await contents(url), changed);
});

test('AU12 neither a database that a server uses nor one of somebody else is touched', async () => {
  const url = await emptyDatabase();
  const server = await Postgres.create(url, () => undefined, 1);
  const used = await run('restore', [whole], url).finally(() => server.close());
  assert.match(used.err, /stop it first/);
  await ask(url, 'CREATE TABLE theirs (id int)');
  const foreign = await run('restore', [whole, '--replace'], url);
  assert.match(foreign.err, /not of this program/);
  assert.deepEqual([used.status, foreign.status], [1, 1]);
  assert.deepEqual(Object.keys(await contents(url)), ['theirs']);
});

test('AU12 a damaged file is refused before anything is touched', async () => {
  const saved = await readFile(whole);
  const plain = gunzipSync(saved);
  const cases: [string, Buffer][] = [
    ['cut short', saved.subarray(0, saved.length - 200)],
    ['its beginning', saved.subarray(0, 20)],
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.from('%PDF-1.7')],
    ['packed anew without its end', gzipSync(plain.subarray(0, plain.length - 300))],
  ];
  for (const place of [0.1, 0.5, 0.9]) {
    const flipped = Buffer.from(saved);
    const byte = Math.floor(saved.length * place);
    flipped[byte] = (flipped[byte] as number) ^ 4;
    cases.push([`byte ${byte}`, flipped]);
    const altered = Buffer.from(plain);
    const letter = Math.floor(plain.length * place);
    altered[letter] = (altered[letter] as number) ^ 1;
    cases.push([`byte ${letter} of the content`, gzipSync(altered)]);
  }
  for (const [what, bytes] of cases) {
    await writeFile(at('broken'), bytes);
    await assert.rejects(checkBackup(readBackup(at('broken'))), DamagedBackup, what);
  }
  const url = await emptyDatabase();
  const { status, err } = await run('restore', [at('broken')], url);
  assert.equal(status, 1);
  assert.match(err, /the backup is damaged/);
  assert.deepEqual(await contents(url), {});
});

test('AU12 a record that was altered in the file, with a checksum that fits, is not restored; unless it is told to be', async () => {
  const { content: saved, trailer } = partsOf(await readFile(whole));
  const content = saved.replace('"kind": "hand"', '"kind": "hend"');
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writeFile(at('forged.gz'), gzipSync(`${content}${JSON.stringify({ ...trailer, sha256 })}\n`));
  const url = await emptyDatabase();
  const refused = await run('restore', [at('forged.gz')], url);
  assert.equal(refused.status, 1);
  assert.match(refused.out, /broken: briefing:\S+: floor_acts \(.*\) was altered/);
  assert.deepEqual(await contents(url), {});
  const kept = await run('restore', [at('forged.gz'), '--even-broken'], url);
  assert.equal(kept.status, 3);
  assert.ok(Object.keys(await contents(url)).length > 20);
});

test('AU12 a file that is there already is not written over, and a database that is away leaves no file', async () => {
  const again = await run('backup', [whole], stores.databaseUrl);
  assert.match(again.err, /is there already/);
  const away = await run('backup', [at('away')], 'postgresql://nobody@127.0.0.1:1/none');
  assert.deepEqual([again.status, away.status], [1, 1]);
  await assert.rejects(stat(at('away')), /ENOENT/);
  await assert.rejects(stat(at('away.part')), /ENOENT/);
});

/** What is given since a backup, or after it was put back: numbers of a directive, a round, and the seals of both. */
async function give(url: string, briefing: string) {
  const postgres = await Postgres.create(url, () => undefined, 2);
  try {
    const rounds = new RoundsUnderLaw(new PgRounds(postgres));
    const by = { account: world.pm.id, name: world.pm.name };
    const { opened } = await rounds.open({
      ...{ briefing, key: randomUUID(), question: '?', scope: ['vn'], seconds: 60, lateSeconds: 60, by },
      ...{ repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
    });
    const directives = await issueAlone(postgres, world);
    const seals = await postgres.query<{ chain: string; nr: number }>(
      'SELECT chain, max(nr)::float8 AS nr FROM seals GROUP BY 1',
    );
    return {
      round: opened.round.nr,
      directive: directives.number,
      seals: new Map(seals.map(({ chain, nr }) => [chain, nr])),
    };
  } finally {
    await postgres.close();
  }
}

const problemsOf = async (url: string) => {
  const snapshot = await Snapshot.create(url);
  return (await verifyDatabase(snapshot).finally(() => snapshot.close())).problems.map(({ text }) => text);
};

const STAMP_KEY = { id: '2026-01-01T00:00:00.000Z-aaaaaa', secret: Buffer.alloc(32, 1) };

/** A stamped receipt of the newest round of a briefing. */
async function newestRoundOf(briefing: string) {
  const rows = await world.postgres.query<{ row: RecordRow }>(
    'SELECT to_jsonb(t) AS row FROM rounds t WHERE briefing = $1 ORDER BY nr DESC LIMIT 1',
    [briefing],
  );
  const [receipt] = await receiptsOf(
    world.postgres,
    'rounds',
    rows.map(({ row }) => row),
  );
  assert.ok(receipt);
  return { ...receipt, stamp: stamperOf([STAMP_KEY])?.(receipt.hash) };
}

test('AU16 AU21 WH14 a restore is on record, lets nobody in by what lived before, and gives no number twice, however often', async () => {
  const briefing = await world.liveBriefing();
  await ask(
    stores.databaseUrl,
    `INSERT INTO hooks (id, name, url, territory, path, events, secret, made_by)
     VALUES (gen_random_uuid(), 'Trung tâm', 'http://10.0.0.1/', 'vn', 'vn', '{round.closed}', 'whsec_', '${world.pm.id}')`,
  );
  const file = await backup('given');
  const lost = await give(stores.databaseUrl, briefing);
  await writeFile(at('lost.json'), JSON.stringify(await newestRoundOf(briefing)));
  await writeFile(at('keys.json'), JSON.stringify({ [STAMP_KEY.id]: STAMP_KEY.secret.toString('base64url') }));
  const before = [lost];
  await writeFile(at('seen'), (await dh('audit/verify', [], { DATABASE_URL: stores.databaseUrl })).out);
  for (const time of ['first', 'second']) {
    const url = await emptyDatabase();
    const restored = await run('restore', [file], url);
    assert.equal(restored.status, 0, restored.out + restored.err);
    assert.match(restored.out, /ended, .*: 1 sessions, 1 links, 1 passwords/);
    assert.match(restored.out, new RegExp(`principal Thủ tướng \\(account ${world.pm.id}\\)`));
    const [alive] = await ask(
      url,
      `SELECT (SELECT count(*) FROM sessions WHERE ended_at IS NULL)::int + (SELECT count(*) FROM links WHERE revoked_at IS NULL)::int
         + (SELECT count(*) FROM credentials)::int + (SELECT count(*) FROM figure_keys)::int
         + (SELECT count(*) FROM figure_readers WHERE withdrawn IS NULL)::int
         + (SELECT count(*) FROM hooks WHERE state <> 'paused')::int AS n,
         (SELECT count(*) FROM restores r WHERE r.backup_sha256 <> repeat('a', 64))::int = (SELECT count(*) FROM chains)::int AS everywhere`,
    );
    assert.deepEqual(alive, { n: 0, everywhere: true });
    const now = await give(url, briefing);
    for (const then of before) {
      assert.ok(now.directive > then.directive, `directive ${now.directive} after ${then.directive}, ${time} time`);
      assert.ok(now.round > then.round, `round ${now.round} after ${then.round}`);
    }
    // The lowest number given after the restore is above the highest that was given before it.
    const marks = await ask<{ chain: string; nr: number }>(
      url,
      `SELECT DISTINCT ON (chain) chain, seal::float8 AS nr FROM restores ORDER BY chain, seal DESC`,
    );
    for (const { chain, nr } of marks)
      for (const then of before) assert.ok(nr > (then.seals.get(chain) ?? 0), `${chain}: ${nr}`);
    before.push(now);
    assert.deepEqual(await problemsOf(url), []);
    if (time === 'second') continue;
    const against = await dh('audit/verify', ['--expect', at('seen')], { DATABASE_URL: url });
    assert.match(
      against.out,
      new RegExp(`unproven: .*seen: seal \\d+ of briefing:${briefing} was lost when a backup of .* was put back`),
    );
    assert.equal(against.status, 3, 'AU21 a note has no stamp, and the record is in order');
    const known = await dh('audit/verify', ['--database', '--receipt', at('lost.json'), '--keys', at('keys.json')], {
      DATABASE_URL: url,
    });
    assert.equal(known.status, 4, known.out + known.err);
    assert.match(
      known.out,
      /lost: .*lost\.json: a backup of .* was put back at .*; this installation gave the receipt/,
    );
    assert.doesNotMatch(known.out, /broken/);
    const unknown = await dh('audit/verify', ['--database', '--receipt', at('lost.json')], {
      ...{ DATABASE_URL: url, RECEIPT_KEYS_FILE: at('none.json') },
    });
    assert.equal(unknown.status, 3, unknown.out + unknown.err);
    assert.match(unknown.out, /unproven: .*lost\.json: .* so it may be made up/);
  }
});

test('AU16 numbers go on where the operator says, never below what the replaced database gave, and the record says so', async () => {
  const briefing = await world.liveBriefing();
  const before = await give(stores.databaseUrl, briefing);
  const file = await backup('numbered');
  const url = await emptyDatabase();
  for (const wrong of ['-1', '1.5', 'many'])
    assert.equal((await run('restore', [file, '--numbers', wrong], url)).status, 1);
  const named = await run('restore', [file, '--numbers', '20'], url);
  assert.match(named.out, /passed over, .*: 20 numbers/);
  const first = await give(url, briefing);
  assert.deepEqual([first.directive, first.round], [before.directive + 21, before.round + 21]);
  assert.deepEqual(await problemsOf(url), []);
  // The same backup once more, by somebody who forgets what was given after the first time.
  const again = await run('restore', [file, '--replace', '--numbers', '3'], url);
  assert.match(again.out, /passed over, .*: 21 numbers/);
  const second = await give(url, briefing);
  assert.deepEqual([second.directive, second.round], [first.directive + 1, first.round + 1]);
  assert.deepEqual(await problemsOf(url), []);
  const [row] = await ask<{ numbers: number }>(
    url,
    `SELECT numbers FROM restores WHERE chain = 'system' ORDER BY seal DESC LIMIT 1`,
  );
  assert.deepEqual(row, { numbers: 21 });
});

test('AU16 a chain of an office that began after the backup does not begin again with its first number', async () => {
  const old = await emptyDatabase();
  const small = await OfficialWorld.create(old);
  await small.postgres.query(`INSERT INTO units (code) VALUES ('other')`);
  await small.close();
  const file = await backup('without', old);
  const url = await emptyDatabase();
  assert.equal((await run('restore', [file], url)).status, 0);
  const postgres = own(await Postgres.create(url, () => undefined, 2));
  const { number } = await issueAlone(postgres, small);
  const [first] = await postgres.query<{ nr: number }>(
    `SELECT min(nr)::float8 AS nr FROM seals WHERE chain LIKE 'office:%'`,
  );
  assert.ok(number > 1 && (first?.nr ?? 0) > 1_000, `${number} under seal ${first?.nr}`);
  assert.deepEqual(await problemsOf(url), []);
});

test('AU16 only the act of a restore explains that numbers are passed over', async () => {
  const url = await emptyDatabase();
  assert.equal((await run('restore', [whole], url)).status, 0);
  const forged = `SET session_replication_role = replica; UPDATE restores SET seals = seals + 1 WHERE chain = 'system' AND seals > 0`;
  await administer(url, forged);
  assert.match((await problemsOf(url)).join('\n'), /seals? .* (is|are) gone/);
});
