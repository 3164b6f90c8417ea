import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { dh } from '../../support/dh.ts';
import { happens } from '../../support/happens.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { OfficialWorld } from '../../support/official/OfficialWorld.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { openStores, type TestStores } from '../../support/stores.ts';
import { until } from '../../support/until.ts';

const PATIENCE_MS = 60_000;
const HOURS = 744;
let stores: TestStores;
let world: OfficialWorld;
let folder: string;
let env: Readonly<Record<string, string>>;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  folder = await mkdtemp(join(tmpdir(), 'dh-archived-'));
  env = { ...databaseEnv(stores.databaseUrl), DATA_DIR: folder };
  const definitions = new PgFigureDefinitions(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator({ ...freeBeds, every: 'hour' }, by);
  await definitions.putSource(ministry, by);
  const first = Date.UTC(2020, 0, 1) - 7 * 3_600_000;
  const rows = Array.from({ length: HOURS }, (_, i) => new Date(first + i * 3_600_000).toISOString()).flatMap(
    (period) =>
      ['10001', '10002', '10003'].map(
        (unit, i): Omit<FigureRow, 'row'> => ({
          ...{ indicator: 'beds-free', unit, period, value: `${i}` },
        }),
      ),
  );
  await new PgFigureIntake(world.postgres).take(
    {
      ...{ source: ministry, rows: rows.map((row, i) => ({ ...row, row: i + 1 })), key: randomUUID(), mode: 'whole' },
      ...{ dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' },
    },
    world.units.index,
  );
});
after(async () => {
  await world?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

const files = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, 'figure-archive')).catch(() => [])).sort();
const counted = async () => {
  const [row] = await world.postgres.query<{ rows: number; packs: number; archives: number; tables: number }>(
    `SELECT (SELECT count(*)::int FROM observations) AS rows, (SELECT count(*)::int FROM figure_packs) AS packs,
       (SELECT count(*)::int FROM figure_archives) AS archives,
       (SELECT count(*)::int FROM pg_class WHERE relkind = 'r' AND relname LIKE 'observations_2020%') AS tables`,
  );
  return row;
};

test('FG36 kill -9 in the middle of an archive leaves the month as it was; begun again it is archived whole', async () => {
  const script = fileURLToPath(new URL('../../../../scripts/figures/archive.ts', import.meta.url));
  const run = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const dead = happens(run, 'exit', PATIENCE_MS);
  await until('it writes its file', async () => (await files()).length > 0, PATIENCE_MS);
  run.kill('SIGKILL');
  await dead;
  const mine = `SELECT FROM pg_stat_activity WHERE application_name = 'dieu-hanh-archive' AND datname = current_database()`;
  await until('PostgreSQL has let go of it', async () => (await world.postgres.query(mine)).length === 0, PATIENCE_MS);
  assert.deepEqual(await counted(), { rows: 3 * HOURS, packs: 0, archives: 0, tables: 1 });
  const { status, out, err } = await dh('figures/archive', [], env);
  assert.equal(status, 0, err);
  assert.match(out, /2020-01, hourly or more often: 2232 rows in .*figures-2020-01-hour\.csv\.gz/);
  assert.deepEqual(await files(), ['figures-2020-01-hour.csv.gz']);
  assert.deepEqual(await counted(), { rows: 0, packs: HOURS, archives: 1, tables: 1 });
  const text = gunzipSync(await readFile(join(folder, 'figure-archive', 'figures-2020-01-hour.csv.gz'))).toString();
  assert.equal(text.trimEnd().split('\n').length, 3 * HOURS + 1);
  assert.match((await dh('figures/archive', ['--dry'], env)).out, /nothing is due/);
});

test('FG36 verification looks at the files of archived months, finds one byte that is another, and names what is not there', async () => {
  const fine = await dh('audit/verify', [], env);
  assert.equal(fine.status, 0, fine.out);
  assert.match(fine.out, /files of archived months: 1 looked at/);
  const place = join(folder, 'figure-archive', 'figures-2020-01-hour.csv.gz');
  const flip = async () => {
    const file = await open(place, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 1_000);
    byte[0] = (byte[0] ?? 0) ^ 1;
    await file.write(byte, 0, 1, 1_000);
    await file.close();
  };
  await flip();
  const altered = await dh('audit/verify', [], env);
  assert.equal(altered.status, 1);
  assert.match(altered.out, /broken: figure_archives: .*figures-2020-01-hour\.csv\.gz is not the file/);
  await flip();
  const elsewhere = join(folder, 'elsewhere');
  await rename(join(folder, 'figure-archive'), elsewhere);
  const absent = await dh('audit/verify', [], env);
  assert.equal(absent.status, 0, absent.out);
  assert.match(absent.out, /figures-2020-01-hour\.csv\.gz: not there, so it was not looked at/);
  assert.match((await dh('audit/verify', ['--archive', elsewhere], env)).out, /1 looked at/);
  await rename(elsewhere, join(folder, 'figure-archive'));
});

test('FG111 what verification did not read it says in words, and nobody takes it for the whole', async () => {
  const part = await dh('audit/verify', ['--figures', '0'], env);
  assert.equal(part.status, 0, part.out);
  assert.match(
    part.out,
    /observations: 1 rows of figure_batches are from before .*: they were verified, and what they vouch for was not read/,
  );
  assert.match(part.out, /figure_packs: 1 rows of figure_archives are from before/);
  assert.match(part.out, /files of archived months: 1 from before .* are there and were not read/);
  assert.match(part.out, /nothing is wrong with what was read; --figures all reads everything/);
  for (const whole of [[], ['--figures', 'all']]) {
    const { out } = await dh('audit/verify', whole, env);
    assert.match(out, /^nothing is wrong$/m);
    assert.doesNotMatch(out, /not read/);
  }
  assert.equal((await dh('audit/verify', ['--figures', 'few'], env)).status, 2);
});

test('FG36 a month is reopened by hand, a backup says what to keep beside it, and its rows come back with it', async () => {
  const saved = await dh('backup/main', [join(folder, 'saved')], env);
  assert.equal(saved.status, 0, saved.out + saved.err);
  assert.match(saved.out, /keep beside it, .*figure-archive/);
  assert.notEqual((await dh('figures/reopen', ['2020-02'], env)).status, 0);
  const { status, out, err } = await dh('figures/reopen', ['2020-01'], env);
  assert.equal(status, 0, err);
  assert.match(out, /2020-01, hour: 2232 rows are in their table again/);
  assert.deepEqual(await counted(), { rows: 3 * HOURS, packs: HOURS, archives: 2, tables: 1 });
  const verified = await dh('audit/verify', [], env);
  assert.equal(verified.status, 0, verified.out);
});
