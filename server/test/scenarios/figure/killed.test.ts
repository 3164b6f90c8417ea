import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LiveFigures } from '../../../src/domain/figure/LiveFigures.ts';
import { FILL } from '../../../src/domain/figure/limits.ts';
import { rollTree, upOf } from '../../../src/domain/figure/rollTree.ts';
import { hashOfKey, newSourceKey } from '../../../src/domain/figure/SourceKeys.ts';
import { Units } from '../../../src/domain/organisation/Units.ts';
import { type BatchAnswer, batchAnswerSchema } from '../../../src/protocol/figureBatch.ts';
import type { Indicator } from '../../../src/protocol/figureDefinition.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureReader } from '../../../src/store/postgres/figure/PgFigureReader.ts';
import { PgSourceKeys } from '../../../src/store/postgres/figure/PgSourceKeys.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { liveProblems } from '../../../src/store/postgres/record/liveProblems.ts';
import { dh } from '../../support/dh.ts';
import { happens } from '../../support/happens.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { until } from '../../support/until.ts';

const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;
const ROWS = 50_000;
const by = { account: null, name: 'dh figures' };
const source = { ...ministry, indicators: ['beds-free', 'beds-old'] };
const key = newSourceKey();
let server: ServerProcess;
let postgres: Postgres;
let units: Units;
let folder: string;
/** A node that hears of everything as it comes. */
let early: LiveFigures;
before(async () => {
  server = await ServerProcess.create({}, undefined, { own: true });
  postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 4);
  units = await Units.create(new PgUnits(postgres));
  const definitions = new PgFigureDefinitions(postgres);
  for (const code of source.indicators) await definitions.putIndicator({ ...freeBeds, code }, by);
  await definitions.putSource(source, by);
  await new PgSourceKeys(postgres).add(source.code, hashOfKey(key));
  folder = await mkdtemp(join(tmpdir(), 'dh-killed-'));
  early = await node();
});
after(async () => {
  await postgres?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function node(): Promise<LiveFigures> {
  const live = new LiveFigures({
    ...{ store: new PgFigureReader(postgres), units: () => units.index.units, clock: { now: () => new Date() } },
  });
  await live.reload();
  return live;
}

/** So many cells of all units, day after day back from some days ago. */
function cells(indicator: string, from: number): { unit: string; period: string; value: number; indicator: string }[] {
  const codes = units.index.baseUnits(['vn']).map(({ code }) => code);
  return Array.from({ length: ROWS }, (_, i) => {
    const day = new Date(Date.now() - (from + Math.floor(i / codes.length)) * DAY_MS).toISOString().slice(0, 10);
    return { indicator, unit: codes[i % codes.length] ?? '', period: day, value: (i * 7_919) % 500 };
  });
}

async function send(id: string, body: string): Promise<BatchAnswer | undefined> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
  const url = `${server.url}/api/figures/batches?key=${id}&mode=whole`;
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
  if (!answer?.ok) {
    await answer?.body?.cancel();
    return undefined;
  }
  return batchAnswerSchema.parse(await answer.json());
}

/** While rows are written, or have been and are not there for others. */
const isWriting = async (): Promise<boolean> => {
  const [found] = await postgres.query<{ is: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'observations'::regclass AND mode = 'RowExclusiveLock') AS is`,
  );
  return found?.is ?? false;
};
const rowsOf = async (indicator: string): Promise<number> => {
  const [found] = await postgres.query<{ rows: number }>(
    'SELECT count(*)::float8 AS rows FROM observations WHERE indicator = $1',
    [indicator],
  );
  return found?.rows ?? 0;
};

/** FG4, FG19: N has no gap, seals vouch for all rows, and nodes of before and after have the sums of the record. */
async function allAgree(): Promise<void> {
  assert.deepEqual(await postgres.transaction(liveProblems), []);
  const late = await node();
  await early.hint({ n: late.n });
  assert.equal(early.n, late.n);
  for (const code of source.indicators) {
    const indicator = late.definitions.indicators.get(code) as Indicator;
    const newest = late.newest(indicator);
    assert.deepEqual(early.newest(indicator), newest);
    if (!newest) continue;
    const sums = [early, late].map((live) => {
      const [whole] = rollTree(live.layout, 0, live.cellsNow(indicator, newest.period), upOf(indicator, new Map()));
      return whole?.rolled;
    });
    assert.deepEqual(sums[0], sums[1]);
  }
}

test('FG5 FG6 kill -9 of the server in the middle of fifty thousand rows: none of them is there, and the key brings all of them once', async () => {
  const body = cells('beds-free', 10)
    .map((row) => JSON.stringify(row))
    .join('\n');
  const id = randomUUID();
  const lost = send(id, body);
  await until('rows are being written', isWriting, PATIENCE_MS);
  await server.kill();
  const first = await lost;
  await until('PostgreSQL has let go of it', async () => !(await isWriting()), PATIENCE_MS);
  const there = await rowsOf('beds-free');
  assert.ok(there === 0 || there === ROWS, `${there} rows`);
  if (first) assert.equal(there, ROWS, 'what was answered is there');
  await allAgree();
  await server.start();
  const again = await until('the server takes it', () => send(id, body), PATIENCE_MS);
  assert.equal(again.accepted, ROWS);
  assert.deepEqual(await send(id, body), again);
  assert.equal(await rowsOf('beds-free'), ROWS);
  await allAgree();
});

test('FG5 FG6 kill -9 of PostgreSQL in the middle of fifty thousand rows: they are there whole or not at all, and the key brings them once', async () => {
  const { embedded } = server.stores;
  if (!embedded) throw new Error('this test kills stores of its own');
  const body = cells('beds-free', 100)
    .map((row) => JSON.stringify(row))
    .join('\n');
  const id = randomUUID();
  const killed = embedded.pids().postgres;
  const lost = send(id, body);
  await until('rows are being written', isWriting, PATIENCE_MS);
  process.kill(killed, 'SIGKILL');
  const first = await lost;
  await until('PostgreSQL runs again', () => embedded.pids().postgres !== killed, PATIENCE_MS);
  const there = await until('it answers', () => rowsOf('beds-free').catch(() => undefined), PATIENCE_MS);
  assert.ok(there === ROWS || there === 2 * ROWS, `${there} rows`);
  if (first) assert.equal(there, 2 * ROWS, 'what was answered is there');
  const again = await until('the server takes it', () => send(id, body), PATIENCE_MS);
  assert.equal(again.accepted, ROWS);
  assert.equal(await rowsOf('beds-free'), 2 * ROWS);
  await allAgree();
});

test('FG5 FG6 kill -9 of Redis in the middle of fifty thousand rows: they are recorded and answered, and told as before', async () => {
  const { embedded } = server.stores;
  if (!embedded) throw new Error('this test kills stores of its own');
  const before = await rowsOf('beds-free');
  const body = cells('beds-free', 400)
    .map((row) => JSON.stringify(row))
    .join('\n');
  const id = randomUUID();
  const killed = embedded.pids().redis;
  const sent = send(id, body);
  await until('rows are being written', isWriting, PATIENCE_MS);
  process.kill(killed, 'SIGKILL');
  assert.equal((await sent)?.accepted, ROWS);
  assert.equal(await rowsOf('beds-free'), before + ROWS);
  await allAgree();
  await until('Redis runs again', () => embedded.pids().redis !== killed, PATIENCE_MS);
  const again = await until('the server takes it', () => send(id, body), PATIENCE_MS);
  assert.equal(again.accepted, ROWS);
  assert.equal(await rowsOf('beds-free'), before + ROWS);
  await allAgree();
});

/** Two batches of fifty thousand rows, in a file. */
async function fileOf(
  name: string,
  from: number,
): Promise<{ readonly args: readonly string[]; readonly rows: number }> {
  const rows = [...cells('beds-old', from), ...cells('beds-old', from + 100)];
  const file = join(folder, name);
  const lines = rows.map(({ indicator, unit, period, value }) => `${indicator},${unit},${period},${value}\n`);
  await writeFile(file, `indicator,unit,period,value\n${lines.join('')}`);
  return { args: ['import', file, '--source', source.code], rows: rows.length };
}
const importing = (args: readonly string[]) => {
  const env = { ...process.env, ...databaseEnv(server.stores.databaseUrl) };
  const script = fileURLToPath(new URL('../../../../scripts/figures/main.ts', import.meta.url));
  const run = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  return { run, dead: happens(run, 'exit', PATIENCE_MS) };
};

test('FG44 kill -9 of PostgreSQL in the middle of a back-fill: batches are there whole, and begun again it goes on', async () => {
  const { embedded } = server.stores;
  if (!embedded) throw new Error('this test kills stores of its own');
  const { args, rows } = await fileOf('older.csv', 500);
  const { dead } = importing(args);
  await until('the first batch is there', async () => (await rowsOf('beds-old')) > 0, PATIENCE_MS);
  const killed = embedded.pids().postgres;
  process.kill(killed, 'SIGKILL');
  await dead;
  await until('PostgreSQL runs again', () => embedded.pids().postgres !== killed, PATIENCE_MS);
  const there = await until('it answers', () => rowsOf('beds-old').catch(() => undefined), PATIENCE_MS);
  assert.ok(there > 0 && there <= rows && there % FILL.rows === 0, `${there} rows`);
  await allAgree();
  const { status, err } = await dh('figures/main', args, databaseEnv(server.stores.databaseUrl));
  assert.equal(status, 0, err);
  assert.equal(await rowsOf('beds-old'), rows);
  await allAgree();
});

test('FG44 kill -9 of a back-fill in the middle of a file: begun again it goes on, and each row is there once', async () => {
  const before = await rowsOf('beds-old');
  const { args, rows } = await fileOf('old.csv', 200);
  const { run, dead } = importing(args);
  await until('the first batch is there', async () => (await rowsOf('beds-old')) > before, PATIENCE_MS);
  run.kill('SIGKILL');
  await dead;
  await until('PostgreSQL has let go of it', async () => !(await isWriting()), PATIENCE_MS);
  const there = (await rowsOf('beds-old')) - before;
  assert.ok(there > 0 && there <= rows && there % FILL.rows === 0, `${there} rows`);
  await allAgree();
  const { status, err } = await dh('figures/main', args, databaseEnv(server.stores.databaseUrl));
  assert.equal(status, 0, err);
  assert.equal((await rowsOf('beds-old')) - before, rows);
  await allAgree();
});
