import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Units } from '../../../src/domain/organisation/Units.ts';
import { type OwnedSource, ownedFiguresSchema } from '../../../src/protocol/figureOwned.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { liveProblems } from '../../../src/store/postgres/record/liveProblems.ts';
import { dh } from '../../support/dh.ts';
import { freeBeds } from '../../support/official/figure.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { SourceServer } from '../../support/SourceServer.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { secretOf } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const PATIENCE_MS = 60_000;
const SECRET = 'Bearer what-nobody-reads';
const OTHER_SECRET = 'Bearer of-the-other-node';
const cluster = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET: 'what-two-nodes-of-a-test-have-in-common' };
let source: SourceServer;
let server: ServerProcess;
let postgres: Postgres;
let folder: string;
let units: readonly string[];
before(async () => {
  source = await SourceServer.open();
  folder = await mkdtemp(join(tmpdir(), 'dh-pulled-'));
  await writeFile(join(folder, 'gso.credential'), `${SECRET}\n`, { mode: 0o600 });
  const listed = {
    ...{ source: 'gso', url: source.url, type: 'text/csv', everyMinutes: 1, ca: source.certificate.ca },
    ...{ credential: { file: 'gso.credential' }, networks: ['127.0.0.1'], reason: 'Nguồn cập nhật' },
  };
  const file = join(folder, 'pulls.json');
  await writeFile(file, JSON.stringify([listed]));
  await writeFile(join(folder, 'other.credential'), `${OTHER_SECRET}\n`, { mode: 0o600 });
  const other = { ...listed, credential: { file: 'other.credential' } };
  await writeFile(join(folder, 'other.json'), JSON.stringify([other]));
  server = await ServerProcess.create({ ...cluster, FIGURE_PULLS_FILE: file, LOG_LEVEL: 'info' });
  postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 2);
  const { index } = await Units.create(new PgUnits(postgres));
  units = index.baseUnits(['vn']).map(({ code }) => code);
  await writeFile(join(folder, 'indicators.json'), JSON.stringify(freeBeds));
});
after(async () => {
  await postgres?.close();
  await server?.close();
  await source?.close();
  await rm(folder, { recursive: true, force: true });
});

const figures = async (script: string, ...args: string[]): Promise<string> => {
  const { status, out, err } = await dh(script, args, databaseEnv(server.stores.databaseUrl));
  assert.equal(status, 0, err);
  return out;
};
/** All units of the country, of yesterday. */
const country = (value: number): string => {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return ['indicator,unit,period,value', ...units.map((unit) => `beds-free,${unit},${day},${value}`), ''].join('\n');
};
/** It is due at once; the sweep finds it. */
const due = () => postgres.query('UPDATE figure_pulls SET next_at = clock_timestamp(), leased_until = NULL');
const stands = async (how: string): Promise<boolean> =>
  (await postgres.query(`SELECT FROM figure_pulls WHERE ${how}`)).length > 0;
const recorded = async (): Promise<number> =>
  (await postgres.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM observations WHERE source = 'gso'`))[0]
    ?.rows ?? 0;

test('FG40 FG63 FG64 a listed source is asked by itself, also after kill -9 in the middle of its answer, and its steward reads what came and why nothing did', async () => {
  await figures('figures/main', 'indicator', 'add', join(folder, 'indicators.json'));
  const defined = ['--name', 'Tổng cục Thống kê', '--root', 'vn', '--indicators', 'beds-free', '--kind', 'pull'];
  const half = Promise.withResolvers<void>();
  const text = country(12);
  source.answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2), () => half.resolve());
  };
  await figures('figures/main', 'source', 'add', 'gso', ...defined);
  await half.promise;
  assert.equal(source.asked.at(-1)?.headers.authorization, SECRET);
  await server.kill();
  assert.equal(await recorded(), 0, 'half of an answer is nothing');
  source.says(text);
  await due();
  await server.start();
  await until('all of it is on record', async () => (await recorded()) === units.length, PATIENCE_MS);

  const steward = ['--role', 'steward', '--indicators', 'beds-free', '--unit', 'vn', '--name', 'Vụ Thống kê'];
  const link = /https?:\S+/.exec(await figures('account/main', 'create', ...steward))?.[0] ?? '';
  const program = await server.signIn(secretOf(link), randomUUID());
  const owned = async (): Promise<OwnedSource | undefined> => {
    const { sources } = ownedFiguresSchema.parse((await program.get('/api/figures/owned')).body);
    return sources.find(({ code }) => code === 'gso');
  };
  await until('it is told how it went', () => stands('asked_at IS NOT NULL'), PATIENCE_MS);
  const first = await owned();
  assert.ok(first);
  assert.equal(first.batches[0]?.accepted, units.length);
  assert.deepEqual(first.pull?.asked?.came, {
    ...{ is: 'taken', n: first.batches[0]?.n, accepted: units.length, held: 0, unchanged: 0, refused: 0 },
  });

  source.answer = (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  await due();
  await until('it went wrong', () => stands('failures > 0'), PATIENCE_MS);
  const failed = (await owned())?.pull;
  assert.ok(failed);
  assert.deepEqual(failed.asked?.came, { is: 'failed', fault: 'redirect', status: 302 });
  assert.equal(failed.goodAt, first.pull?.goodAt);

  source.says(`${country(12)}beds-free,nowhere,2026-11-01,1\n`);
  await due();
  await until('its refused row is kept', () => stands(`errors <> '[]'`), PATIENCE_MS);
  assert.equal((await owned())?.pull?.errors, 1);
  const errors = await program.get('/api/figures/owned/sources/gso/errors');
  assert.match(errors.body, /unknown-unit/);
  assert.equal(await recorded(), units.length, 'the same again is nothing new');
  assert.deepEqual(await postgres.transaction(liveProblems), []);
  const kept = await postgres.query<{ text: string }>('SELECT p::text AS text FROM figure_pulls p');
  assert.doesNotMatch(JSON.stringify(kept), /nobody-reads|127\.0\.0\.1/, 'no credential and no address is kept');
});

/** A node asks nothing of the store for a source that it is asking itself; so whoever looks meanwhile is the other. */
const lookedSince = async (moment: Date): Promise<boolean> =>
  (
    await postgres.query(
      `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT source FROM figure_pulls p%' AND query_start > $1`,
      [moment],
    )
  ).length > 0;

test('FG40 of two server processes one asks, however often both look, and the other when that one was killed', async () => {
  const { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL } = server.stores;
  const own = { DATABASE_URL, REDIS_URL, FIGURE_PULLS_FILE: join(folder, 'other.json') };
  const second = await ServerProcess.create({ ...cluster, ...own, NODE_ID: 'second' });
  try {
    const text = country(13);
    const asked: (string | undefined)[] = [];
    const first = Promise.withResolvers<void>();
    source.answer = ({ headers }, response) => {
      asked.push(headers.authorization);
      response.writeHead(200, { 'content-type': 'text/csv', 'content-length': Buffer.byteLength(text) });
      // The first is kept waiting, until its server is no more.
      if (asked.length === 1) response.write(text.slice(0, 100), () => first.resolve());
      else response.end(text);
    };
    await postgres.query('UPDATE figure_pulls SET next_at = clock_timestamp()');
    await first.promise;
    const [clock] = await postgres.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    assert.ok(clock);
    await until('the other server has looked', () => lookedSince(clock.now), PATIENCE_MS);
    assert.equal(asked.length, 1, 'it has left it alone');
    const [asking, other] = asked[0] === SECRET ? [server, OTHER_SECRET] : [second, SECRET];
    await asking.kill();
    const killed = new Date();
    await until('the other server has looked again', () => lookedSince(killed), PATIENCE_MS);
    assert.equal(asked.length, 1, 'the lease of the one that died is not over');
    const before = await recorded();
    await postgres.query('UPDATE figure_pulls SET leased_until = clock_timestamp()');
    const isRecorded = async () => (await recorded()) - before === units.length;
    await until('the other has recorded all of it', isRecorded, PATIENCE_MS);
    assert.deepEqual(asked.slice(1), [other]);
    assert.deepEqual(await postgres.transaction(liveProblems), []);
  } finally {
    await second.close();
  }
});
