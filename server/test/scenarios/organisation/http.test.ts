import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hookEventSchema } from '../../../src/protocol/hook.ts';
import { deviceCookie, sessionHeader } from '../../../src/protocol/session.ts';
import { operatorOf } from '../../support/operatorOf.ts';
import { issueLinkFor, setPassword } from '../../support/people.ts';
import { Program, secretOf, TestNode } from '../../support/TestNode.ts';

let node: TestNode;
before(async () => {
  node = await TestNode.create();
});
after(() => node?.close());

const refusal = (answer: { status: number; body: { error?: { reason: string } } }) => [
  answer.status,
  answer.body.error?.reason,
];

test('HT1 a personal link opens a session that lives in cookies and a header', async () => {
  const browser = node.browser();
  const signed = await browser.post('/api/session/link', { secret: node.secret('Prime') });
  assert.equal(signed.status, 200);
  assert.equal(signed.body.token, undefined, 'a page gets no token');
  assert.equal(signed.body.account.role, 'principal');
  assert.ok(signed.body.acts.includes('stage.goLive'));
  for (const line of signed.headers.getSetCookie()) assert.match(line, /HttpOnly; SameSite=Strict/);

  assert.deepEqual(refusal(await browser.get('/api/session')), [401, 'unauthenticated'], 'cookies alone prove nothing');
  browser.session = signed.body.session;
  assert.equal((await browser.get('/api/session')).body.account.id, signed.body.account.id);

  const again = await browser.post('/api/session/link', { secret: node.secret('Prime') });
  assert.equal(again.body.session, signed.body.session, 'the same browser keeps its session');

  assert.equal((await browser.send('DELETE', '/api/session')).status, 204);
  assert.deepEqual(refusal(await browser.get('/api/session')), [401, 'unauthenticated']);
});

test('HT2 five people in five tabs of one browser', async () => {
  const browser = node.browser();
  const sessions: string[] = [];
  // The first test's browser holds the PM's link, so four are left and one that a moderator issues.
  const moderator = await browser.post('/api/session/link', { secret: node.secret('moderator') });
  browser.session = moderator.body.session;
  sessions.push(moderator.body.session);
  const names = node.links.filter((l) => l.who.startsWith('commune'));
  for (const link of names)
    sessions.push((await browser.post('/api/session/link', { secret: secretOf(link.url) })).body.session);
  const people = new Set<string>();
  for (const session of sessions) {
    const me = await browser.get('/api/session', { [sessionHeader]: session });
    people.add(me.body.account.name);
  }
  assert.equal(people.size, 4);
  assert.equal([...browser.cookies.keys()].filter((name) => name === deviceCookie).length, 1);
});

test('LK6 a browser is told which of the people in it the address may let in, and never that of a principal', async () => {
  const browser = node.browser();
  const kept = async () => (await browser.get('/api/session/kept')).body;
  assert.deepEqual(await kept(), { sessions: [], others: false });
  const signed = (await browser.post('/api/session/link', { secret: await issueLinkFor(node, 'seat', '00001') })).body;
  const [one] = (await kept()).sessions;
  assert.deepEqual(one, { session: signed.session, name: signed.account.name, unit: signed.account.unit.name });
  assert.deepEqual((await node.browser().get('/api/session/kept')).body.sessions, [], 'by its own cookies alone');

  for (const secret of [await issueLinkFor(node, 'principal', 'vn'), await operatorOf(node, 'vn')]) {
    assert.equal((await browser.post('/api/session/link', { secret })).status, 200);
  }
  assert.deepEqual(await kept(), { sessions: [one], others: true }, 'a principal and an operator sign in');
  browser.session = signed.session;
  assert.equal((await browser.send('DELETE', '/api/session')).status, 204);
  assert.deepEqual(await kept(), { sessions: [], others: true });
});

test('HT3 a link on a second device is refused and says what to do', async () => {
  const second = await node.browser().post('/api/session/link', { secret: node.secret('moderator') });
  assert.deepEqual(refusal(second), [403, 'link-used']);
  assert.match(second.body.error.detail, /ask your moderator/);
  assert.deepEqual(refusal(await node.browser().post('/api/session/link', { secret: 'x'.repeat(43) })), [
    401,
    'link-unknown',
  ]);
});

test('HT4 a moderator reissues a link: the old one and its sessions end, the new one works on a new device', async () => {
  const pm = await signedInAs('principal', 'vn');
  const { body: hits } = await pm.get('/api/units/search?q=phuong+pham+ngu+lao');
  const unit = hits.units[0].code;
  const { body: list } = await pm.get(`/api/accounts?unit=${unit}`);
  const seat = list.accounts[0];
  const first = (await pm.post(`/api/accounts/${seat.id}/links`)).body;
  const chair = await node.signIn(secretOf(first.url), 'old laptop');
  assert.equal((await chair.get('/api/session')).status, 200);

  const second = (await pm.post(`/api/accounts/${seat.id}/links`)).body;
  assert.deepEqual(refusal(await chair.get('/api/session')), [401, 'unauthenticated']);
  const retry = await node.browser().post('/api/session/link', { secret: secretOf(first.url) });
  assert.deepEqual(refusal(retry), [403, 'link-revoked']);
  const anew = await node.signIn(secretOf(second.url), 'new laptop');
  assert.equal((await anew.get('/api/session')).body.account.id, seat.id);

  const after = (await pm.get(`/api/accounts?unit=${unit}`)).body.accounts[0];
  assert.deepEqual(
    after.links.map((l: { id: string; bound: boolean }) => [l.id, l.bound]),
    [[second.linkId, true]],
  );
  assert.equal((await pm.send('DELETE', `/api/links/${second.linkId}`)).status, 204);
  assert.deepEqual(refusal(await anew.get('/api/session')), [401, 'unauthenticated']);
});

test('HT5 territory: a moderator sees and acts in his own province only', async () => {
  const moderator = await signedInAs('moderator', '01');
  const outside = await moderator.get('/api/roster?root=79');
  assert.deepEqual(refusal(outside), [403, 'outside-territory']);
  assert.deepEqual(refusal(await moderator.get('/api/accounts?unit=26734')), [403, 'outside-territory']);
  const { body } = await moderator.get('/api/roster');
  assert.ok(
    body.units.length > 500 && body.units.every(([, path]: string[]) => path === 'vn.01' || path?.startsWith('vn.01.')),
  );
  const hits = (await moderator.get('/api/units/search?q=can+tho')).body.units;
  assert.ok(hits.every((u: { path: string }) => u.path.startsWith('vn.01')));
  const chair = await signedInAs('seat', '00001');
  assert.deepEqual(refusal(await chair.get('/api/accounts?unit=00001')), [403, 'forbidden']);
});

test('HT6 a foreign page, a large body, text that is no JSON, an unknown field, an unknown address', async () => {
  const program = await signedInAs('seat', '00004');
  const evil = { origin: 'https://evil.example' };
  assert.deepEqual(refusal(await program.get('/api/session', evil)), [403, 'foreign-origin']);
  const secret = 'x'.repeat(43);
  assert.deepEqual(refusal(await node.browser().post('/api/session/link', { secret }, evil)), [403, 'foreign-origin']);
  const large = { title: 'x'.repeat(200_000) };
  const leader = await signedInAs('moderator', '01');
  assert.deepEqual(refusal(await leader.post('/api/briefings', large)), [413, 'too-large']);
  assert.deepEqual(
    refusal(await program.post('/api/briefings', large)),
    [403, 'forbidden'],
    'a seat makes none (HT14)',
  );
  assert.deepEqual(refusal(await node.browser().post('/api/session/link', { secret, extra: 1 })), [400, 'bad-request']);
  assert.deepEqual(refusal(await program.get('/api/nothing')), [404, 'not-found']);
  const broken = await fetch(`${node.url}/api/session/link`, {
    method: 'POST',
    body: '{"secret',
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(broken.status, 400);
  assert.equal(((await broken.json()) as { error: { reason: string } }).error.reason, 'bad-request');
  const text = await fetch(`${node.url}/api/session/link`, { method: 'POST', body: 'secret=1' });
  assert.equal(text.status, 400);
  const preflight = await fetch(`${node.url}/api/session`, { method: 'OPTIONS', headers: evil });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
});

test('HT7 one link tried too often is limited, others are not', async () => {
  const secret = randomBytes(32).toString('base64url');
  const answers: (string | undefined)[] = [];
  const waits: (string | null)[] = [];
  for (let i = 0; i < 22; i++) {
    const { headers, body } = await node.browser().post('/api/session/link', { secret });
    answers.push(body.error?.reason);
    waits.push(headers.get('retry-after'));
  }
  assert.deepEqual(answers.slice(0, 20), Array(20).fill('link-unknown'));
  assert.deepEqual(answers.slice(20), ['rate-limited', 'rate-limited']);
  assert.equal(waits[19], null);
  for (const wait of waits.slice(20)) assert.match(wait ?? '', /^[1-9]\d*$/, 'and are told when to come again');
  const other = await node.browser().post('/api/session/link', { secret: randomBytes(32).toString('base64url') });
  assert.equal(other.body.error?.reason, 'link-unknown');
});

test('HT10 PW3 passwords: one answer for a wrong login and a wrong password; tries are limited by login and address', async () => {
  const salt = randomBytes(4).toString('hex');
  const login = `dieu.hanh.${salt}`;
  await setPassword(node, 'moderator', '79', `Dieu.Hanh.${salt}`, 'một mật khẩu dài');
  const sign = (name: string, password: string) =>
    node.browser().post('/api/session/password', { login: name, password });
  const owner = node.browser();
  const signed = await owner.post('/api/session/password', { login, password: 'một mật khẩu dài' });
  assert.deepEqual([signed.status, signed.body.account.unit.code], [200, '79'], 'the login is written in any case');
  const wrong = await sign(login, 'x');
  const unknown = await sign(`nobody-${salt}`, 'x');
  assert.deepEqual(refusal(wrong), [401, 'wrong-credentials']);
  assert.deepEqual(wrong.body, unknown.body);
  const reasons = new Set<string>();
  for (let i = 0; i < 11; i++) reasons.add((await sign(login, 'x')).body.error.reason);
  assert.deepEqual([...reasons], ['wrong-credentials', 'rate-limited']);
  assert.deepEqual(refusal(await sign(login, 'một mật khẩu dài')), [429, 'rate-limited']);
  const again = await owner.post('/api/session/password', { login, password: 'một mật khẩu dài' });
  assert.equal(again.status, 200, 'nobody locks out the browser of the owner');
  const named = { login, password: 'một mật khẩu dài', transport: 'bearer' };
  assert.equal((await owner.post('/api/session/password', named)).status, 429, 'a program proves no device');
  assert.deepEqual(refusal(await sign(`other-${salt}`, 'x')), [401, 'wrong-credentials'], 'the address may go on');
});

test('HT8 the OpenAPI text names every route and resolves', async () => {
  const { body } = await new Program(node.internalUrl).get('/api/openapi.json');
  assert.equal(body.openapi, '3.1.0');
  for (const path of [
    '/api/session/link',
    '/api/units/search',
    '/api/briefings/{id}/join',
    '/api/accounts/{id}/links',
    '/api/line',
  ])
    assert.ok(body.paths[path], path);
  assert.deepEqual(body.paths['/api/session/link'].post.security, []);
  assert.equal(body.paths['/api/units/search'].get.parameters[0].name, 'q');
});

test('WH16 the OpenAPI text has the body of each event that webhooks are told', async () => {
  const { body } = await new Program(node.internalUrl).get('/api/openapi.json');
  assert.deepEqual(Object.keys(body.webhooks).toSorted(), [...hookEventSchema.options, 'test'].toSorted());
  const complete = body.webhooks['figure.complete'].post.requestBody.content['application/json'].schema;
  assert.equal(complete.properties.type.const, 'figure.complete');
  assert.deepEqual(complete.properties.data.properties.because.enum, ['covered', 'due']);
});

test('HT6 no route that asks for a session or a key answers a stranger, whatever they send along', async () => {
  const { body } = await new Program(node.internalUrl).get('/api/openapi.json');
  const asking = Object.entries<Record<string, { security: readonly unknown[] }>>(body.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) => (security.length > 0 ? [{ method, path }] : [])),
  );
  assert.ok(asking.length > 100, `${asking.length} routes`);
  const id = 'A'.repeat(22);
  const proofs = [{}, { authorization: `Bearer ${id}.${'A'.repeat(43)}` }, { [sessionHeader]: id }];
  for (const { method, path } of asking)
    for (const proof of proofs) {
      const url = path.replaceAll(/\{\w+\}/g, 'x');
      const answer = await new Program(node.url).send(
        method.toUpperCase(),
        url,
        method === 'get' ? undefined : {},
        proof,
      );
      assert.deepEqual(refusal(answer), [401, 'unauthenticated'], `${method} ${path}`);
    }
});

test('HT11 a stranger measures no line', async () => {
  assert.deepEqual(refusal(await node.browser().get('/api/line?bytes=400000')), [401, 'unauthenticated']);
  const seat = await signedInAs('seat', '00007');
  assert.equal((await seat.get('/api/line?bytes=40000')).body.length > 0, true);
});

test('HT9 the whole country in one answer', async (t) => {
  const pm = await signedInAs('moderator', 'vn');
  const from = performance.now();
  const { body } = await pm.get('/api/roster');
  const ms = performance.now() - from;
  assert.equal(body.units.length, 1 + 63 + 696 + 10_051);
  assert.deepEqual(body.units[0], ['vn', 'vn', 'nation', 'Việt Nam']);
  assert.deepEqual(
    body.tiers.map((t: { nameEn: string }) => t.nameEn),
    ['Nation', 'Province', 'District', 'Commune'],
  );
  t.diagnostic(`${Math.round(ms)} ms`);
});

/** A program for any account of the demo, by a link that the national operator's tools would issue. */
async function signedInAs(role: string, unit: string) {
  return node.signIn(await issueLinkFor(node, role, unit), `${role}@${unit}`);
}
