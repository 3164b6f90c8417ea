import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Units } from '../../../src/domain/organisation/Units.ts';
import { BATCHES } from '../../../src/protocol/limits.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { dh } from '../../support/dh.ts';
import { runPowerQuery, type WebRequest } from '../../support/PowerQuery.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { TestNode } from '../../support/TestNode.ts';

const DAY_MS = 86_400_000;
const guide = await readFile(new URL('../../../../docs/figures/sending.md', import.meta.url), 'utf8');
let node: TestNode;
let postgres: Postgres;
let folder: string;
/** Keys of a source of the country, and of one of a province. */
let key: string;
let provinceKey: string;
/** Base units: some of the province 79, and one elsewhere. */
let units: readonly string[];
let elsewhere: string;

const figures = async (...args: string[]): Promise<string> => {
  const { status, out, err } = await dh('figures/main', args, databaseEnv(node.stores.databaseUrl));
  assert.equal(status, 0, err);
  return out.trim();
};

before(async () => {
  node = await TestNode.create();
  postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  const { index } = await Units.create(new PgUnits(postgres));
  units = index.baseUnits(['vn.79']).map(({ code }) => code);
  elsewhere = index.baseUnits(['vn.01'])[0]?.code ?? '';
  await postgres.query(`INSERT INTO units SELECT 'closed-1' FROM (SELECT 1) one`);
  folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
  const [, definition = ''] = /```json\n(\{\n {2}"code": "beds-free"[\s\S]+?)```/.exec(guide) ?? [];
  const hourly = { ...JSON.parse(definition), code: 'cases', kind: 'cumulative', scale: 1, bounds: undefined };
  const file = join(folder, 'indicators.json');
  await writeFile(file, JSON.stringify([JSON.parse(definition), hourly, { ...hourly, code: 'tests' }]));
  assert.equal(await figures('indicator', 'add', file), 'beds-free\ncases\ntests');
  assert.match(await figures('indicator', 'add', file), /^beds-free is as it was$/m);
  const whole = ['--name', 'Bộ Y tế', '--root', 'vn', '--indicators', 'beds-free,cases', '--rank', '2'];
  await figures('source', 'add', 'moh', ...whole);
  await figures('source', 'add', 'hcmc', '--name', 'Sở Y tế', '--root', '79', '--indicators', 'beds-free');
  key = await figures('source', 'key', 'moh');
  provinceKey = await figures('source', 'key', 'hcmc');
});
after(async () => {
  await postgres?.close();
  await node?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Sending {
  readonly as?: string | undefined;
  readonly type?: string;
  readonly packed?: boolean;
  readonly query?: Record<string, string>;
  readonly path?: string;
}
async function send(
  body: string | Uint8Array,
  { as = key, type = 'text/csv', packed = false, query, path = '' }: Sending = {},
) {
  const response = await fetch(
    `${node.url}/api/figures/batches${path}?${new URLSearchParams({ key: randomUUID(), ...query })}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': type, ...(packed && { 'content-encoding': 'gzip' }) },
      body: packed ? gzipSync(body) : Buffer.from(body as string),
    },
  );
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any field of an answer
  const answer: any = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  return { status: response.status, answer };
}

/** A period that no other test writes. */
let days = 0;
const day = (): string => new Date(Date.now() - (days++ + 10) * DAY_MS).toISOString().slice(0, 10);
type Line = readonly [indicator: string, unit: string, period: string, value: string | number, status?: string];
const csv = (...lines: readonly Line[]): string =>
  ['indicator,unit,period,value,status', ...lines.map((line) => [...line, ''].slice(0, 5).join(','))].join('\n');
const unit = (nr: number): string => units[nr] ?? '';
const recorded = async () =>
  (
    await postgres.query<{ rows: number; n: number }>(
      'SELECT (SELECT count(*)::int FROM observations) AS rows, n::int FROM figure_counter',
    )
  )[0];

/** As many good rows, so that the batch is not taken for a wrong file. */
const filled = (period: string, ...bad: readonly Line[]): string =>
  csv(...bad, ...bad.map((_, i): Line => ['beds-free', unit(100 + i), period, 1]));

test('FG43 each row is refused for its own reason, by its place and its column, and the others are recorded', async () => {
  const at = day();
  const [tomorrow, beds] = [new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10), 'beds-free'];
  const bad: readonly (readonly [Line, reason: string, column: string])[] = [
    [[beds, 'nowhere', at, 1], 'unknown-unit', 'unit'],
    [[beds, '1', at, 1], 'unknown-unit', 'unit'],
    [[beds, 'closed-1', at, 1], 'closed-unit', 'unit'],
    [['tents', unit(0), at, 1], 'unknown-indicator', 'indicator'],
    [['tests', unit(0), at, 1], 'not-yours', 'indicator'],
    [[beds, unit(1), at, 'n/a'], 'bad-value', 'value'],
    [[beds, unit(2), at, '1.5'], 'bad-value', 'value'],
    [[beds, unit(3), at, '100001'], 'bad-value', 'value'],
    [[beds, unit(4), at, 'NaN'], 'bad-value', 'value'],
    [[beds, unit(5), at, '1e999'], 'bad-value', 'value'],
    [[beds, unit(6), at, ''], 'bad-value', 'value'],
    [[beds, unit(7), at, '3', 'F'], 'bad-value', 'status'],
    [[beds, unit(8), '2026-02-30', 1], 'bad-period', 'period'],
    [[beds, unit(9), at.slice(0, 7), 1], 'bad-period', 'period'],
    [[beds, unit(10), tomorrow, 1], 'future', 'period'],
    [[beds, unit(11), at, 1], 'contradiction', 'value'],
    [[beds, unit(11), at, 2], 'contradiction', 'value'],
  ];
  const { status, answer } = await send(filled(at, ...bad.map(([line]) => line)));
  assert.equal(status, 200, JSON.stringify(answer));
  assert.deepEqual([answer.accepted, answer.refused, answer.held], [bad.length, bad.length, 0]);
  assert.deepEqual(
    answer.errors.map((error: Record<string, string>) => [error.row, error.reason, error.column]),
    bad.map(([, reason, column], i) => [i + 2, reason, column]),
  );
  for (const { say } of answer.errors) assert.ok(say.vi && say.en && say.vi !== say.en);
});

test('FG22 a source of a province writes nothing of another one', async () => {
  const at = day();
  const { answer } = await send(csv(['beds-free', unit(0), at, 1], ['beds-free', elsewhere, at, 1]), {
    as: provinceKey,
  });
  assert.deepEqual([answer.accepted, answer.errors[0].reason, answer.errors[0].row], [1, 'outside-territory', 3]);
});

test('FG5 the same cell twice is said once where both say the same', async () => {
  const at = day();
  const { answer } = await send(csv(['beds-free', unit(0), at, 5], ['beds-free', unit(0), at, '5.0']));
  assert.deepEqual([answer.accepted, answer.unchanged, answer.refused], [1, 1, 0]);
});

test('FG14 FG15 what is suspicious is recorded and held: a value, and a whole batch', async () => {
  const at = day();
  const { answer } = await send(csv(['beds-free', unit(0), at, 9_000], ['beds-free', unit(1), at, 5]));
  assert.deepEqual([answer.accepted, answer.held], [2, 1]);
  const many = Array.from({ length: 20 }, (_, i): Line => ['beds-free', unit(i + 2), at, i < 7 ? 9_000 : 5]);
  assert.equal((await send(csv(...many))).answer.held, 20);
});

test('FG43 what is broken, cut off, a bomb, too large or of a foreign key is refused whole and leaves nothing', async () => {
  const at = day();
  const before = await recorded();
  const good = csv(['beds-free', unit(0), at, 1]);
  const line = JSON.stringify({ indicator: 'beds-free', unit: unit(0), period: at, value: 1 });
  const ndjson = 'application/x-ndjson';
  const cases: readonly (readonly [string, string | Uint8Array, Sending, status: number, reason: string])[] = [
    ['broken JSON', `${line}\n{"indicator"`, { type: ndjson }, 400, 'bad-request'],
    ['cut off', good.slice(0, -12), {}, 400, 'bad-request'],
    ['JSON cut off', '{"dataValues":[{"dataElement":"beds-free"', { type: 'application/json' }, 400, 'bad-request'],
    [
      'a bomb',
      `{"dataValues":[${' '.repeat(70 * 1024 * 1024)}`,
      { type: 'application/json', packed: true },
      413,
      'too-large',
    ],
    ['nine megabytes', `${good}\n${' '.repeat(9 * 1024 * 1024)}`, {}, 400, 'bad-request'],
    ['50,001 rows', `${line}\n`.repeat(50_001), { type: ndjson, packed: true }, 413, 'too-large'],
    ['semicolons', good.replaceAll(',', ';'), {}, 400, 'bad-request'],
    ['another type', good, { type: 'text/plain' }, 400, 'bad-request'],
    ['a key of nobody', good, { as: `dhf_${'A'.repeat(43)}` }, 401, 'unauthenticated'],
    ['what is no key', good, { as: 'secret' }, 401, 'unauthenticated'],
    [
      'over half of it wrong',
      csv(['beds-free', 'x', at, 1], ['beds-free', 'y', at, 1], ['beds-free', unit(0), at, 1]),
      {},
      200,
      '',
    ],
    [
      'one row wrong where all or nothing is wanted',
      filled(at, ['beds-free', 'x', at, 1]),
      { query: { mode: 'whole' } },
      200,
      '',
    ],
    ['a dry run', good, { query: { dryRun: 'true' } }, 200, ''],
  ];
  for (const [what, body, sending, status, reason] of cases) {
    const found = await send(body, sending);
    assert.deepEqual(
      [found.status, found.answer.error?.reason ?? ''],
      [status, reason],
      `${what}: ${JSON.stringify(found.answer)}`,
    );
    if (status === 200) assert.equal(found.answer.n, null, what);
  }
  assert.deepEqual(await recorded(), before);
  const metrics = await (await fetch(`${node.internalUrl}/metrics`)).text();
  assert.match(metrics, /dh_http_request_seconds_count\{[^}]*route="\/api\/figures\/batches",status="413"[^}]*\} [23]/);
  assert.match(metrics, /dh_figure_rows_total\{outcome="refused"[^}]*\} \d+/);
});

test('FG6 the same batch under its key has the first answer, packed or not; another one is a conflict', async () => {
  const at = day();
  const [body, query] = [csv(['beds-free', unit(0), at, 3]), { key: randomUUID() }];
  const first = await send(body, { query });
  assert.equal(first.answer.accepted, 1);
  assert.deepEqual(await send(body, { query, packed: true }), first);
  const other = await send(csv(['beds-free', unit(0), at, 4]), { query });
  assert.deepEqual([other.status, other.answer.error.reason], [409, 'conflict']);
});

test('FG43 a thousand errors are told with the answer, and all as CSV that is no formula', async () => {
  const at = day();
  const lines = Array.from({ length: 1_200 }, (_, i): Line => ['beds-free', `=x${i}`, at, 1]);
  const { answer } = await send(csv(...lines));
  assert.deepEqual([answer.errors.length, answer.refused], [1_000, 1_200]);
  const { status, answer: file } = await send(csv(...lines), { path: '/errors' });
  assert.equal(status, 200);
  assert.equal(file.trim().split('\n').length, 1_201);
  assert.match(file, /^1201,unit,'=x1199,unknown-unit,/m);
});

test('FG41 two keys are good while one takes the place of the other, and none that was withdrawn', async () => {
  await figures(
    'source',
    'add',
    'army',
    '--name',
    'Quân y',
    '--root',
    'vn',
    '--indicators',
    'beds-free',
    '--rank',
    '9',
  );
  const body = csv(['beds-free', unit(0), day(), 1]);
  const goodOf = async (...keys: string[]) => {
    const all: number[] = [];
    for (const as of keys) all.push((await send(body, { as, query: { dryRun: 'true' } })).status);
    return all;
  };
  const [one, two] = [await figures('source', 'key', 'army'), await figures('source', 'key', 'army')];
  assert.deepEqual(await goodOf(one, two), [200, 200]);
  const three = await figures('source', 'key', 'army');
  assert.deepEqual(await goodOf(one, two, three), [401, 200, 200]);
  assert.match(await figures('source', 'list'), /^army: Quân y, by push, rank 9, vn, beds-free; keys: \S+Z and \S+Z$/m);
  await figures('source', 'withdraw', 'army', '--old');
  assert.deepEqual(await goodOf(two, three), [401, 200]);
  await figures('source', 'withdraw', 'army');
  assert.deepEqual(await goodOf(three), [401]);
  const [kept] = await postgres.query<{ text: string }>(
    `SELECT coalesce(string_agg(k::text, ' '), '') AS text FROM figure_keys k`,
  );
  for (const secret of [one, two, three, key]) assert.ok(!kept?.text.includes(secret));
});

test('FG45 a platform that has codes of its own is understood by the table of its source', async () => {
  await figures('source', 'add', 'dhis', '--name', 'DHIS2', '--root', 'vn', '--indicators', 'beds-free', '--rank', '8');
  const dhis = await figures('source', 'key', 'dhis');
  const file = join(folder, 'codes.csv');
  await writeFile(file, `kind,theirs,ours\nunit,DiszpKrYNg8,${unit(0)}\nindicator,fbfJHSPpUQD,beds-free\n`);
  assert.equal(await figures('source', 'codes', 'dhis', file), '2 codes');
  const at = day();
  const values = [
    { dataElement: 'fbfJHSPpUQD', orgUnit: 'DiszpKrYNg8', value: '4' },
    { dataElement: 'fbfJHSPpUQD', orgUnit: unit(0), value: '4' },
  ];
  const body = JSON.stringify({ period: at.replaceAll('-', ''), dataValues: values });
  const { answer } = await send(body, { as: dhis, type: 'application/json' });
  assert.deepEqual([answer.accepted, answer.refused], [1, 1]);
  assert.deepEqual([answer.errors[0].row, answer.errors[0].reason], [2, 'unknown-unit']);
  const found = await postgres.query(`SELECT unit FROM observations WHERE source = 'dhis'`);
  assert.deepEqual(found, [{ unit: unit(0) }]);
});

test('dh figures says what is wrong with a definition, and where', async () => {
  const file = join(folder, 'wrong.json');
  await writeFile(file, JSON.stringify([{ code: 'Beds', scale: 9 }]));
  const { status, err } = await dh('figures/main', ['indicator', 'add', file], databaseEnv(node.stores.databaseUrl));
  assert.equal(status, 1);
  assert.match(err, /→ at code\n[\s\S]*→ at scale\n/);
});

test('FG44 dh figures import records a file that lies packed on the disk, and once', async () => {
  const file = join(folder, 'old.csv.gz');
  await writeFile(file, gzipSync(csv(['beds-free', unit(0), day(), 7], ['beds-free', unit(1), day(), 8])));
  assert.match(await figures('import', file, '--source', 'moh', '--dry'), /^2 of 2: 2 recorded \(0 held\)/);
  const before = await recorded();
  const told = await figures('import', file, '--source', 'moh');
  assert.match(told, /^2 of 2: 2 recorded as \d+ \(0 held\), 0 as before, 0 refused$/);
  assert.equal(await figures('import', file, '--source', 'moh'), told);
  assert.equal((await recorded())?.rows, (before?.rows ?? 0) + 2);
});

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ out: string; err: string; missing: boolean }>((resolve, reject) =>
    execFile(command, args, { cwd: folder, env: { ...process.env, ...env }, timeout: 120_000 }, (error, out, err) => {
      if (error && error.code !== 'ENOENT') reject(new Error(`${error.message}\n${out}\n${err}`));
      else resolve({ out, err, missing: error !== null });
    }),
  );
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

test('the examples of the guide with curl send a file', async (t) => {
  if ((await run('curl', ['--version'], {})).missing) return t.skip('there is no curl');
  const examples = blocks('sh');
  assert.equal(examples.length, 2);
  for (const example of examples) {
    await writeFile(join(folder, 'beds.csv'), `${csv(['beds-free', unit(0), day(), 7])}\n`);
    const { out } = await run('bash', ['-euo', 'pipefail', '-c', example], { DH_URL: node.url, DH_KEY: key });
    assert.equal(JSON.parse(out).accepted, 1, out);
  }
});

test('the example of the guide in Python sends rows', async (t) => {
  if ((await run('python3', ['--version'], {})).missing) return t.skip('there is no Python');
  const [example = ''] = blocks('python');
  const recent = example.replace('2026-11-24', day());
  const { out } = await run('python3', ['-c', recent, unit(20), unit(21)], { DH_URL: node.url, DH_KEY: key });
  assert.match(out, /^2 recorded as \d+$/m);
});

test('the example of the guide in Power Query sends a sheet, and the same again under the same key', async () => {
  const [example = ''] = blocks('powerquery');
  const [cell, date] = [(Column1: string) => [{ Column1 }], new Date(`${day()}T00:00:00Z`)];
  const rows = [unit(30), unit(31)].map((code, i) => ({
    indicator: 'beds-free',
    unit: code,
    period: date,
    value: i + 7,
  }));
  const sheet = { SourceKey: cell(key), BatchKey: cell(randomUUID()), Figures: rows };
  const asked: WebRequest[] = [];
  const send = async (request: WebRequest) => {
    asked.push(request);
    const url = request.url.replace('https://phong-hop.example.gov.vn', node.url);
    const response = await fetch(url, { method: 'POST', headers: request.headers, body: request.body });
    assert.ok(response.ok || request.handled.includes(response.status), `${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const answer = z.object({ accepted: z.int(), refused: z.int(), n: z.int() });
  const first = answer.parse(await runPowerQuery(example, sheet, send));
  assert.deepEqual([first.accepted, first.refused], [2, 0]);
  assert.equal(answer.parse(await runPowerQuery(example, sheet, send)).n, first.n, 'repeated, it is one batch');
  const refused = await runPowerQuery(example, { ...sheet, SourceKey: cell('wrong') }, send);
  assert.ok(
    asked.length === 3 && z.looseObject({ error: z.unknown() }).parse(refused),
    'and an error is read in the sheet',
  );
});

test('OpenAPI names the formats of a batch and the key', async () => {
  const { paths } = JSON.parse(await (await fetch(`${node.internalUrl}/api/openapi.json`)).text());
  const { post } = paths['/api/figures/batches'];
  assert.deepEqual(post.security, [{ bearer: [] }]);
  const types = ['application/x-ndjson', 'text/csv', 'application/vnd.sdmx.data+csv', 'application/json'];
  assert.deepEqual(Object.keys(post.requestBody.content), types);
});

test('FG42 a source sends sixty batches a minute, and is told when to come back', async () => {
  const body = csv(['beds-free', unit(0), day(), 1]);
  let [taken, last] = [0, await send(body, { as: provinceKey, query: { dryRun: 'true' } })];
  for (; last.status === 200 && taken < 2 * BATCHES.burst; taken++)
    last = await send(body, { as: provinceKey, query: { dryRun: 'true' } });
  assert.deepEqual([last.status, last.answer.error.reason], [429, 'rate-limited']);
  assert.ok(last.answer.error.retryAfterSeconds > 0);
});
