import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readableSchema, readFrameSchema, readSeriesSchema } from '../../../src/protocol/figureReading.ts';
import { csv, DAY_MS, type Line, SendingNode } from '../../support/figure/SendingNode.ts';

let sending: SendingNode;
/** Reads beds of the province 79. */
let key = '';
before(async () => {
  sending = await SendingNode.create();
  key = await made('hcmc-read', '--root', '79', '--indicators', 'beds-free');
});
after(() => sending?.close());
const unit = (nr: number): string => sending.unit(nr);
const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);

async function made(code: string, ...args: string[]): Promise<string> {
  const { status, out, err } = await sending.readers('add', code, '--name', 'Cục Thống kê', '--until', until, ...args);
  assert.equal(status, 0, err);
  return out.trim();
}

async function read(path: string, { as = key, ...headers }: Record<string, string> = {}) {
  const response = await fetch(`${sending.node.url}/api/figures/read${path}`, {
    headers: { ...(as && { authorization: `Bearer ${as}` }), ...headers },
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, text, type, etag: response.headers.get('etag') ?? '', headers: response.headers };
}
const reasonOf = ({ text }: { text: string }): string => JSON.parse(text).error.reason;

test('FG185 FG187 a key reads its own indicators in its territory, with what they mean, and refusals are clear', async () => {
  const about = readableSchema.parse(JSON.parse((await read('')).text));
  assert.deepEqual(
    [about.root, about.indicators, about.indicatorsDefined.map(({ code }) => code)],
    ['79', ['beds-free'], ['beds-free']],
  );
  const refused: readonly (readonly [string, Record<string, string>, number, string])[] = [
    ['', { as: '' }, 401, 'unauthenticated'],
    ['', { as: sending.key }, 401, 'unauthenticated'],
    ['/frames/cases', {}, 403, 'forbidden'],
    ['/frames/nothing-there', {}, 403, 'forbidden'],
    ['/frames/beds-free?unit=vn', {}, 403, 'outside-territory'],
    [`/frames/beds-free?unit=${sending.elsewhere}`, {}, 403, 'outside-territory'],
    ['/frames/beds-free?unit=nowhere', {}, 403, 'outside-territory'],
    ['/series/beds-free?unit=vn', {}, 403, 'outside-territory'],
    ['/frames/beds-free?format=xml', {}, 400, 'bad-request'],
    ['/series/beds-free?periods=29', {}, 400, 'bad-request'],
    [`?key=${key}`, { as: '' }, 401, 'unauthenticated'],
  ];
  for (const [path, headers, status, reason] of refused) {
    const answer = await read(path, headers);
    assert.deepEqual([answer.status, reasonOf(answer)], [status, reason], path);
  }
  const { status } = await (async () =>
    fetch(`${sending.node.url}/api/figures/batches?key=${crypto.randomUUID()}`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' } },
      body: csv(['beds-free', unit(0), '2026-01-01', 1]),
    }))();
  assert.equal(status, 401, 'a key that reads sends nothing');
});

test('FG188 FG190 a frame has values, sums, time, coverage and marks, as JSON and as CSV, and 304 where nothing moved', async () => {
  // Yesterday in Viet Nam: older values, of which none came after, are stale, and in no sum.
  const at = new Date(Date.now() + 7 * 3_600_000 - DAY_MS).toISOString().slice(0, 10);
  const lines: Line[] = [12, 40].map((value, i) => ['beds-free', unit(i), at, value]);
  const { answer } = await sending.send(csv(...lines, ['beds-free', unit(2), at, 9_000]));
  assert.deepEqual([answer.accepted, answer.held], [3, 1]);
  const got = await read(`/frames/beds-free?period=${at}`);
  const frame = readFrameSchema.parse(JSON.parse(got.text));
  assert.match(got.headers.get('cache-control') ?? '', /private, no-cache/);
  const [whole] = frame.rows;
  assert.deepEqual([frame.unit, whole?.unit, whole?.value, whole?.coverage?.withheld], ['79', '79', '52', 1]);
  assert.equal(whole?.coverage?.expected, sending.units.length);
  assert.ok(frame.asOf.n >= answer.n && Date.parse(frame.asOf.at) >= Date.parse(answer.at));
  const of = (code: string) => frame.rows.find((row) => row.unit === code);
  assert.deepEqual([of(unit(1))?.value, of(unit(2))?.value, of(unit(2))?.state], ['40', null, 'withheld']);
  assert.ok(frame.rows.every(({ path }) => path.startsWith('vn.79')));
  assert.equal((await read(`/frames/beds-free?period=${at}`, { 'if-none-match': got.etag })).status, 304);
  const table = await read(`/frames/beds-free?period=${at}`, { accept: 'text/csv', 'if-none-match': got.etag });
  assert.match(table.type, /^text\/csv/);
  const [header = '', first = '', ...others] = table.text.replace('\uFEFF', '').split('\r\n');
  const names = header.split(',');
  const cell = (line: string, name: string) => line.split(',')[names.indexOf(name)];
  assert.deepEqual(
    ['unit', 'value', 'expected', 'withheld', 'as_of_n'].map((name) => cell(first, name)),
    ['79', '52', String(sending.units.length), '1', String(frame.asOf.n)],
  );
  assert.equal(others.filter(Boolean).length + 1, frame.rows.length);
  assert.equal((await read(`/frames/beds-free?period=${at}&format=csv`)).text, table.text);
  const sums = readFrameSchema.parse(JSON.parse((await read(`/frames/beds-free?period=${at}&rows=sums`)).text));
  assert.ok(sums.rows.length < frame.rows.length && sums.rows.every(({ coverage }) => coverage !== null));
  await sending.send(csv(['beds-free', unit(0), at, 13]), { query: { reason: 'sửa' } });
  const moved = await read(`/frames/beds-free?period=${at}`, { 'if-none-match': got.etag });
  assert.equal(moved.status, 200);
  assert.equal(readFrameSchema.parse(JSON.parse(moved.text)).rows[0]?.value, '53');
  const past = await read(`/frames/beds-free?period=${at}&at=${encodeURIComponent(frame.asOf.at)}`);
  assert.equal(readFrameSchema.parse(JSON.parse(past.text)).rows[0]?.value, '52', 'as it was known then');
});

test('FG189 a series has a point for each period, of a unit and of a territory, with coverage', async () => {
  const days = [sending.day(), sending.day()].toReversed();
  for (const [i, at] of days.entries()) await sending.send(csv(['beds-free', unit(0), at, 5 + i]));
  const ask = `to=${days[1]}&periods=2`;
  const own = readSeriesSchema.parse(JSON.parse((await read(`/series/beds-free?unit=${unit(0)}&${ask}`)).text));
  assert.deepEqual(
    own.points.map(({ value, coverage }) => [value, coverage]),
    [
      ['5', null],
      ['6', null],
    ],
  );
  const whole = readSeriesSchema.parse(JSON.parse((await read(`/series/beds-free?${ask}`)).text));
  assert.deepEqual([whole.points.length, whole.points[0]?.coverage?.expected], [2, sending.units.length]);
  const table = await read(`/series/beds-free?${ask}`, { accept: 'text/csv' });
  assert.equal(table.text.trim().split('\r\n').length, 3);
});

test('FG185 a key that was withdrawn reads nothing more, and none is kept as it is', async () => {
  const other = await made('short', '--root', 'vn', '--indicators', 'beds-free,cases');
  assert.equal((await read('', { as: other })).status, 200);
  assert.equal((await sending.readers('withdraw', 'short')).status, 0);
  const refused = await read('', { as: other });
  assert.deepEqual([refused.status, JSON.parse(refused.text).error.message], [401, 'Khoá này đã bị thu hồi']);
  assert.match((await sending.readers('list')).out, /^short: Cục Thống kê, vn, beds-free cases; made .*, withdrawn$/m);
  const again = await sending.readers(
    'add',
    'short',
    '--name',
    'X',
    '--until',
    until,
    '--root',
    'vn',
    '--indicators',
    'cases',
  );
  assert.match(again.err, /each has a code of its own/);
  const [kept] = await sending.postgres.query<{ text: string }>(
    `SELECT coalesce(string_agg(k::text, ' '), '') AS text FROM figure_readers k`,
  );
  for (const secret of [key, other]) assert.ok(!kept?.text.includes(secret));
});
