import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { reasons, refuse } from '../../protocol/errors.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import { bearerOf, bearerToken, sessionProof } from '../sessionProof.ts';
import { parse } from './cookies.ts';
import { openApi } from './openapi.ts';
import { isForeign } from './origin.ts';
import { asRefusal, statusOf } from './problems.ts';
import { FileAnswer, route } from './route.ts';

test('every reason has a status that tells who must act', () => {
  assert.deepEqual(Object.keys(statusOf).sort(), [...reasons].sort());
  for (const [reason, status] of Object.entries(statusOf)) assert.ok(status >= 400 && status < 600, reason);
});

test('whatever is thrown becomes a refusal that tells no details', () => {
  const own = refuse('busy', 'speaks already');
  assert.equal(asRefusal(own), own);
  const zod = z.object({ a: z.number() }).safeParse({ a: 'x' }).error;
  assert.equal(asRefusal(zod).reason, 'bad-request');
  assert.equal(asRefusal(Object.assign(new Error('big'), { status: 413 })).reason, 'too-large');
  assert.equal(asRefusal(Object.assign(new Error('bad url'), { status: 400 })).reason, 'bad-request');
  for (const odd of [new Error('password=1'), 'text', undefined, null, Object.assign(new Error(''), { status: 502 })]) {
    assert.equal(asRefusal(odd).reason, 'internal');
    assert.doesNotMatch(asRefusal(odd).message, /password/);
  }
});

test('which origins are ours', () => {
  const site = 'https://dh.example.vn';
  const table: [Record<string, string>, boolean][] = [
    [{ host: 'dh.example.vn' }, false],
    [{ host: 'dh.example.vn', origin: 'https://dh.example.vn' }, false],
    [{ host: 'internal:8080', origin: 'https://dh.example.vn' }, false],
    [{ host: 'localhost:8080', origin: 'http://localhost:8080' }, false],
    [{ host: 'dh.example.vn', origin: 'https://evil.example' }, true],
    [{ host: 'dh.example.vn', origin: 'https://dh.example.vn.evil.example' }, true],
    [{ host: 'dh.example.vn', origin: 'null' }, true],
    [{ host: 'dh.example.vn', origin: '' }, true],
    [{ host: 'dh.example.vn', 'sec-fetch-site': 'cross-site' }, true],
    [{ host: 'dh.example.vn', 'sec-fetch-site': 'same-origin' }, false],
  ];
  for (const [headers, foreign] of table) assert.equal(isForeign(headers, site), foreign, JSON.stringify(headers));
});

test('cookies, also odd ones', () => {
  assert.deepEqual(
    [...parse('a=1; b=x=y;c=; =z; d;  e =5 ')],
    [
      ['a', '1'],
      ['b', 'x=y'],
      ['c', ''],
      ['e', '5'],
    ],
  );
  assert.equal(parse(undefined).size, 0);
});

test('proofs: a token wins over cookies, and what has not the form is none', () => {
  const secret = 's'.repeat(43);
  const cookie = (name: string) => (name === 'dh.s.abcdefgh' ? secret : undefined);
  assert.deepEqual(sessionProof({ session: 'abcdefgh', cookie }), { id: 'abcdefgh', secret });
  assert.equal(sessionProof({ session: 'another-one', cookie }), undefined);
  assert.equal(sessionProof({ session: '../../x', cookie }), undefined);
  assert.equal(sessionProof({ cookie }), undefined);
  const token = bearerToken({ id: 'tttttttt', secret });
  assert.deepEqual(sessionProof({ token, session: 'abcdefgh', cookie }), { id: 'tttttttt', secret });
  assert.equal(sessionProof({ token: 'nonsense', session: 'abcdefgh', cookie }), undefined);
  assert.equal(bearerOf(`Bearer ${token}`), token);
  assert.equal(bearerOf('Basic abc'), '', 'another scheme is a wrong token, not an absent one');
  assert.equal(bearerOf(undefined), undefined);
});

test('OpenAPI is made of the routes', () => {
  const one = route({
    method: 'post',
    path: '/api/things/{id}',
    summary: 'A thing.',
    access: 'session',
    params: z.object({ id: uuidSchema }),
    query: z.object({ q: z.string().optional() }),
    body: z.strictObject({ n: z.number().default(1) }),
    answer: z.object({ ok: z.boolean() }),
    handle: () => ({ ok: true }),
  });
  const { paths } = openApi([one], 'http://x') as { paths: Record<string, { post: Record<string, never> }> };
  const operation = paths['/api/things/{id}']?.post as never as {
    parameters: { name: string; in: string; required: boolean }[];
    requestBody: { content: Record<string, { schema: { required?: string[] } }> };
  };
  assert.deepEqual(
    operation.parameters.map((p) => [p.name, p.in, p.required]),
    [
      ['id', 'path', true],
      ['q', 'query', false],
    ],
  );
  assert.equal(
    operation.requestBody.content['application/json']?.schema.required,
    undefined,
    'defaults need not be sent',
  );
});

test('OpenAPI names the types of files that a route takes and answers', () => {
  const types = ['application/pdf', 'text/plain'];
  const up = route({
    method: 'post',
    path: '/api/files',
    summary: 'A file.',
    access: 'session',
    uploads: types,
    answer: z.object({ ok: z.boolean() }),
    handle: () => ({ ok: true }),
  });
  const down = route({
    method: 'get',
    path: '/api/files',
    summary: 'The file.',
    access: 'session',
    files: types,
    handle: () => new FileAnswer({ name: 'x.pdf', type: 'application/pdf', bytes: (async function* () {})() }),
  });
  const { paths } = openApi([up, down], 'http://x') as { paths: Record<string, Record<string, never>> };
  const { post, get } = paths['/api/files'] as unknown as {
    post: { requestBody: { content: object } };
    get: { responses: { 200: { content: object } } };
  };
  assert.deepEqual(Object.keys(post.requestBody.content), types);
  assert.deepEqual(Object.keys(get.responses[200].content), types);
});
