import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { problemSchema } from '../../../src/protocol/errors.ts';
import { csv, DAY_MS, SendingNode } from '../../support/figure/SendingNode.ts';

let sending: SendingNode;
let key = '';
before(async () => {
  sending = await SendingNode.create();
  const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);
  const of = ['--name', 'Cục Thống kê', '--root', '79', '--indicators', 'beds-free', '--until', until];
  key = (await sending.readers('add', 'reads', ...of)).out.trim();
});
after(() => sending?.close());

interface Ask {
  readonly path: string;
  readonly as?: string;
  readonly type?: string;
  readonly body?: string;
}

async function told(language: string | undefined, { path, as, type, body }: Ask) {
  const response = await fetch(`${sending.node.url}/api/figures${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(as && { authorization: `Bearer ${as}` }),
      ...(type && { 'content-type': type }),
      ...(language && { 'accept-language': language }),
    },
    ...(body !== undefined && { body }),
  });
  const { error } = problemSchema.parse(await response.json());
  assert.equal(response.headers.get('content-language'), language ?? 'vi');
  assert.match(response.headers.get('vary') ?? '', /accept-language/i);
  return { ...error, status: response.status };
}

const batch = (body: string, type = 'text/csv', query = ''): Ask => ({
  ...{ as: sending.key, type, body },
  path: `/batches?key=${randomUUID()}${query}`,
});

test('FG200 FG201 whatever a key is refused is said in Vietnamese or in English, as it asks, and the reason stays', async () => {
  const at = sending.day();
  const good = csv(['beds-free', sending.unit(0), at, 1]);
  const line = JSON.stringify({ indicator: 'beds-free', unit: sending.unit(0), period: at, value: 1 });
  const [ndjson, json] = ['application/x-ndjson', 'application/json'];
  const read = (path: string, as = key): Ask => ({ path: `/read${path}`, as });
  const cases: readonly (readonly [Ask, status: number, reason: string, vi: RegExp, en: RegExp])[] = [
    [batch(good.replaceAll(',', ';')), 400, 'bad-request', /dấu chấm phẩy/, /semicolons/],
    [batch(good.replace('value', 'amount')), 400, 'bad-request', /thiếu cột value/, /lacks value/],
    [batch(good.slice(0, -12)), 400, 'bad-request', /bị cắt/, /cut off/],
    [batch(good.replace('indicator', 'value')), 400, 'bad-request', /cùng tên/, /same name/],
    [batch(`${good}\n"a`), 400, 'bad-request', /dấu ngoặc kép/, /quote/],
    [batch(''), 400, 'bad-request', /trống/, /empty/],
    [batch(`${line}\n{"indicator"`, ndjson), 400, 'bad-request', /dòng 2/, /line 2/],
    [batch(`${line}\n[]`, ndjson), 400, 'bad-request', /dòng 2/, /line 2/],
    [batch(line.replace('}', ',"amount":2}'), ndjson), 400, 'bad-request', /dòng 1.*không có trong/, /line 1/],
    [batch(line.replace('}', ',"value":2}'), ndjson), 400, 'bad-request', /hai lần/, /twice/],
    [batch('{"dataValues":[{"dataElement":"beds-free"', json), 400, 'bad-request', /bị cắt/, /cut off/],
    [batch('{"values":[]}', json), 400, 'bad-request', /không có danh sách/, /no list/],
    [batch(good, 'text/plain'), 400, 'bad-request', /một trong các loại/, /one of/],
    [batch(good, 'text/csv', '&mode=some'), 400, 'bad-request', /^mode: phải là một trong/, /^mode: must be one of/],
    [batch(good, 'text/csv', '&moed=whole'), 400, 'bad-request', /^moed: không có/, /^moed: there is no/],
    [{ ...batch(good), path: '/batches' }, 400, 'bad-request', /^key: bắt buộc/, /^key: is required/],
    [{ ...batch(good), as: 'secret' }, 401, 'unauthenticated', /khoá/, /key/],
    [read('', 'secret'), 401, 'unauthenticated', /khoá/, /key/],
    [read('/frames/cases'), 403, 'forbidden', /không được đọc cases/, /does not read cases/],
    [read('/frames/beds-free?unit=vn'), 403, 'outside-territory', /ngoài địa bàn/, /outside/],
    [read('/frames/beds-free?period=soon'), 400, 'bad-request', /không phải là một kỳ/, /no period/],
    [read('/frames/beds-free?at=2099-01-01T00:00:00%2B07:00'), 400, 'bad-request', /đã qua/, /has passed/],
    [
      read('/series/beds-free?periods=29'),
      400,
      'bad-request',
      /^periods: nhiều nhất là 28/,
      /^periods: must be at most 28/,
    ],
    [read('/series/beds-free?periods=x'), 400, 'bad-request', /^periods: phải là một số/, /^periods: must be a number/],
    [read('/nothing'), 404, 'not-found', /[àáạđêôơư]/, /no such address/],
  ];
  for (const [ask, status, reason, vi, en] of cases) {
    const [one, other, plain] = [await told('vi', ask), await told('en', ask), await told(undefined, ask)];
    assert.deepEqual([one.status, one.reason, other.reason], [status, reason, reason], one.message);
    assert.match(one.message, vi);
    assert.match(other.message, en);
    assert.equal(plain.message, one.message);
    assert.doesNotMatch(`${one.message} ${other.message}`, /Invalid|expected|received|✖/);
  }
});

test('FG200 a refusal that has no sentence of its own in Vietnamese has that of its reason, and the English one beside it', async () => {
  const one = await told('vi', { path: '/desk' });
  const other = await told('en', { path: '/desk' });
  assert.equal(one.reason, other.reason);
  assert.match(one.message, /[àáạđêôơư]/);
  assert.deepEqual([one.detail, other.detail], [other.message, undefined]);
});
