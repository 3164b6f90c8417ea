import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BATCHES } from '../../../src/protocol/limits.ts';
import { csv, DAY_MS, type Line, type Sending, SendingNode } from '../../support/figure/SendingNode.ts';

let sending: SendingNode;
before(async () => {
  sending = await SendingNode.create();
});
after(() => sending?.close());
const figures = (...args: string[]) => sending.figures(...args);
const send = (...args: Parameters<SendingNode['send']>) => sending.send(...args);
const unit = (nr: number): string => sending.unit(nr);
const day = (): string => sending.day();
const recorded = () => sending.recorded();

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
  const { answer } = await send(csv(['beds-free', unit(0), at, 1], ['beds-free', sending.elsewhere, at, 1]), {
    as: sending.provinceKey,
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
  for (const [what, body, how, status, reason] of cases) {
    const found = await send(body, how);
    assert.deepEqual(
      [found.status, found.answer.error?.reason ?? ''],
      [status, reason],
      `${what}: ${JSON.stringify(found.answer)}`,
    );
    if (status === 200) assert.equal(found.answer.n, null, what);
  }
  assert.deepEqual(await recorded(), before);
  const tooLarge = await sending.node.counted(
    'dh_http_request_seconds_count',
    'route="/api/figures/batches",status="413"',
  );
  assert.ok(tooLarge === 2 || tooLarge === 3, `${tooLarge}`);
  assert.ok((await sending.node.counted('dh_figure_rows_total', 'outcome="refused"')) > 0);
});

test('FG43 what no database keeps is refused row by row as anything else, and a reason with it as a whole', async () => {
  const at = day();
  const line = (nr: number, more: object) =>
    JSON.stringify({ indicator: 'beds-free', unit: unit(nr), period: at, value: nr, ...more });
  const bad = [{ unit: 'a\u0000' }, { unit: '\ud83d' }, { indicator: '\u0000' }, { period: `${'x'.repeat(63)}😀x` }];
  const lines = [...bad, { value: '1\u0000' }, ...Array(6).fill({})].map((more, i) => line(i, more));
  const { status, answer } = await send(lines.join('\n'), { type: 'application/x-ndjson' });
  assert.equal(status, 200, JSON.stringify(answer));
  assert.deepEqual([answer.accepted, answer.refused], [6, 5]);
  assert.deepEqual(
    answer.errors.map(({ row, column }: Record<string, unknown>) => [row, column]),
    ['unit', 'unit', 'indicator', 'period', 'value'].map((column, i) => [i + 1, column]),
  );
  const reason = await send(csv(['beds-free', unit(20), at, 1]), { query: { reason: 'a\u0000' } });
  assert.deepEqual([reason.status, reason.answer.error.reason], [400, 'bad-request']);
});

test('FG6 the same batch under its key has the first answer, packed or not; another one is a conflict', async () => {
  const at = day();
  const [body, query] = [csv(['beds-free', unit(0), at, 3]), { key: randomUUID() }];
  const first = await send(body, { query });
  assert.equal(first.answer.accepted, 1);
  assert.equal('simulated' in first.answer, false);
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
  const [kept] = await sending.postgres.query<{ text: string }>(
    `SELECT coalesce(string_agg(k::text, ' '), '') AS text FROM figure_keys k`,
  );
  for (const secret of [one, two, three, sending.key]) assert.ok(!kept?.text.includes(secret));
});

test('FG45 a platform that has codes of its own is understood by the table of its source', async () => {
  await figures('source', 'add', 'dhis', '--name', 'DHIS2', '--root', 'vn', '--indicators', 'beds-free', '--rank', '8');
  const dhis = await figures('source', 'key', 'dhis');
  const file = join(sending.folder, 'codes.csv');
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
  const found = await sending.postgres.query(`SELECT unit FROM observations WHERE source = 'dhis'`);
  assert.deepEqual(found, [{ unit: unit(0) }]);
});

test('FG42 a source sends sixty batches a minute, and is told when to come back', async () => {
  const body = csv(['beds-free', unit(0), day(), 1]);
  let [taken, last] = [0, await send(body, { as: sending.provinceKey, query: { dryRun: 'true' } })];
  for (; last.status === 200 && taken < 2 * BATCHES.burst; taken++)
    last = await send(body, { as: sending.provinceKey, query: { dryRun: 'true' } });
  assert.deepEqual([last.status, last.answer.error.reason], [429, 'rate-limited']);
  assert.ok(last.answer.error.retryAfterSeconds > 0);
});
