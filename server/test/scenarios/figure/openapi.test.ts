import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { csv, DAY_MS, SendingNode } from '../../support/figure/SendingNode.ts';

type Json = Record<string, unknown>;
interface Operation {
  readonly security: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Json>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Json>> }>>;
}
interface Contract {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let sending: SendingNode;
let reader = '';
let contract: Contract;
const ADDRESS = '/api/figures/openapi.json';
const JSON_TYPE = 'application/json';

before(async () => {
  sending = await SendingNode.create();
  const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);
  const of = ['--name', 'Cục Thống kê', '--root', '79', '--indicators', 'beds-free', '--until', until];
  reader = (await sending.readers('add', 'reads', ...of)).out.trim();
  contract = (await (await ask(ADDRESS, { as: reader })).json()) as Contract;
});
after(() => sending?.close());

interface Ask {
  readonly as?: string;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const ask = (path: string, { as, type, body, headers }: Ask): Promise<Response> =>
  fetch(`${sending.node.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(as && { authorization: `Bearer ${as}` }), ...(type && { 'content-type': type }), ...headers },
    ...(body !== undefined && { body }),
  });

/** Nothing may be in an answer that the text does not name; clients are told less strictly, since fields are added. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  const found = Object.fromEntries(entries);
  return found.type === 'object' && found.properties ? { additionalProperties: false, ...found } : found;
}
const validators = () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  return ajv.addSchema({ ...(closed(contract) as Json), $id: 'contract' });
};
const pointer = (...steps: readonly string[]): string =>
  steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
/** What is wrong with it by the schema at that place of the text. */
function wrongWith(value: unknown, ...place: readonly string[]): string {
  const ajv = validators();
  const check = ajv.compile({ $ref: `contract#/${pointer(...place)}` });
  return check(value) ? '' : ajv.errorsText(check.errors);
}

test('FG202 keys of both kinds read the contract of what keys may call, and nobody else does', async () => {
  assert.equal(contract.openapi, '3.1.0');
  assert.deepEqual(await (await ask(ADDRESS, { as: sending.key })).json(), contract);
  for (const as of [undefined, 'secret', `dhr_${'A'.repeat(43)}`, `dhf_${'A'.repeat(43)}`])
    assert.equal((await ask(ADDRESS, as === undefined ? {} : { as })).status, 401);
  assert.deepEqual(Object.keys(contract.paths).toSorted(), [
    '/api/figures/batches',
    '/api/figures/batches/errors',
    ADDRESS,
    '/api/figures/read',
    '/api/figures/read/frames/{indicator}',
    '/api/figures/read/series/{indicator}',
  ]);
  const all = Object.values(contract.paths).flatMap((methods) => Object.values(methods));
  for (const { security } of all) assert.deepEqual(security, [{ bearer: [] }]);
});

test('FG202 each answer and each refusal of a running server fits the contract, and its status stands in it', async () => {
  const at = sending.day();
  const batches = '/api/figures/batches';
  const [frames, series] = ['/api/figures/read/frames/{indicator}', '/api/figures/read/series/{indicator}'];
  const good = csv(
    ['beds-free', sending.unit(0), at, 9],
    ['beds-free', 'nowhere', at, 1],
    ['beds-free', sending.unit(1), at, 9_000],
  );
  const used = randomUUID();
  const send = (path: string, body: string, { as = sending.key, type = 'text/csv' }: Ask = {}) =>
    [path.split('?')[0] ?? '', path, { as, type, body }] as const;
  const read = (path: string, query: string, { as = reader, headers = {} }: Ask = {}) =>
    [path, path.replace('{indicator}', 'beds-free') + query, { as, headers }] as const;
  const calls: readonly (readonly [template: string, path: string, Ask, status: number])[] = [
    [...send(`${batches}?key=${used}`, good), 200],
    [...send(`${batches}?key=${used}`, `${good}\n`), 409],
    [...send(`${batches}?key=${randomUUID()}&dryRun=true`, good), 200],
    [...send(`${batches}?mode=some`, good), 400],
    [...send(`${batches}?key=${randomUUID()}`, 'a;b'), 400],
    [...send(`${batches}?key=${randomUUID()}`, good, { as: reader }), 401],
    [...send(`${batches}?key=${randomUUID()}`, `${'{}\n'.repeat(50_001)}`, { type: 'application/x-ndjson' }), 413],
    [...send(`${batches}/errors?key=${randomUUID()}`, good), 200],
    [...read('/api/figures/read', ''), 200],
    [...read('/api/figures/read', '', { as: 'secret' }), 401],
    [...read(frames, `?period=${at}`), 200],
    [...read(frames, ''), 200],
    [...read(frames, `?period=${at}`, { headers: { accept: 'text/csv' } }), 200],
    [...read(frames, `?period=${at}&format=sdmx`), 200],
    [...read(frames, `?period=${at}`, { headers: { 'if-none-match': '*' } }), 304],
    [...read(frames, '?period=soon'), 400],
    [...read(frames, '?unit=vn'), 403],
    [...read(frames, '?at=1990-01-01T00:00:00Z'), 404],
    [...read(series, '?periods=3'), 200],
    [...read(series, '?periods=99&unit=A%20B'), 400],
    [...read(series, '', { as: sending.key }), 401],
    [ADDRESS, ADDRESS, { as: reader }, 200],
    [ADDRESS, ADDRESS, {}, 401],
  ];
  for (const [template, path, how, status] of calls) {
    const response = await ask(path, how);
    const text = await response.text();
    const what = `${path}: ${text.slice(0, 500)}`;
    assert.equal(response.status, status, what);
    const method = how.body === undefined ? 'get' : 'post';
    const place = ['paths', template, method, 'responses', String(status)];
    const told = contract.paths[template]?.[method]?.responses[status];
    assert.ok(told, `${status} stands in the contract: ${what}`);
    if (status === 304) continue;
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    assert.ok(told.content?.[type], `${type} stands in the contract: ${what}`);
    const value = type.endsWith('json') ? JSON.parse(text) : text;
    assert.equal(wrongWith(value, ...place, 'content', type, 'schema'), '', what);
  }
});

test('FG202 what fits the contract of a body is taken, and what does not is refused', async () => {
  const at = sending.day();
  const place = ['paths', '/api/figures/batches', 'post', 'requestBody', 'content'];
  const row = { indicator: 'beds-free', unit: sending.unit(2), period: at };
  const lines: readonly (readonly [Json, isGood: boolean])[] = [
    [{ ...row, value: 12 }, true],
    [{ ...row, value: '12', status: 'P', seen: `${at}T07:00:00+07:00` }, true],
    [{ ...row, value: null, status: 'O' }, true],
    [row, false],
    [{ ...row, value: true }, false],
    [{ ...row, value: 1, status: 'X' }, false],
    [{ ...row, unit: 7, value: 1 }, false],
  ];
  const ndjson = 'application/x-ndjson';
  for (const [line, isGood] of lines) {
    const body = JSON.stringify(line);
    assert.equal(wrongWith(line, ...place, ndjson, 'x-line') === '', isGood, body);
    const { answer } = await sending.send(body, { type: ndjson, query: { dryRun: 'true' } });
    assert.equal(answer.refused, isGood ? 0 : 1, `${body}: ${JSON.stringify(answer)}`);
  }
  const value = { dataElement: 'beds-free', orgUnit: sending.unit(3), value: '4' };
  const sets: readonly (readonly [Json, isGood: boolean])[] = [
    [{ dataSet: 'x', period: at.replaceAll('-', ''), dataValues: [{ ...value, storedBy: 'a' }] }, true],
    [{ dataValues: [{ ...value, period: at }] }, true],
    [{ dataValues: value }, false],
    [{ values: [value] }, false],
  ];
  for (const [set, isGood] of sets) {
    const body = JSON.stringify(set);
    assert.equal(wrongWith(set, ...place, JSON_TYPE, 'schema') === '', isGood, body);
    const { status } = await sending.send(body, { type: JSON_TYPE, query: { dryRun: 'true' } });
    assert.equal(status, isGood ? 200 : 400, body);
  }
});
