import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { briefingFitSchema, briefingSchema, joinAnswerSchema } from '../../../src/protocol/briefing.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { issueLinkFor } from '../../support/people.ts';
import { type Answer, type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let pm: Program;
before(async () => {
  node = await TestNode.create();
  pm = await person('principal', 'vn');
});
after(() => node?.close());

const person = async (role: string, unit: string, device = 'laptop') =>
  node.signIn(await issueLinkFor(node, role, unit), device);
const refusal = ({ status, body }: Answer) => [status, body.error?.reason];
const later = '2026-12-01T01:00:00.000Z';

test('BF1 the demo has an open briefing of the 19 southern provinces', async () => {
  const { body } = await pm.get('/api/briefings');
  assert.deepEqual(
    body.briefings.map((b: { state: string }) => b.state),
    ['open'],
  );
  assert.equal(body.briefings[0].scope.length, 19);
  assert.equal(body.briefings[0].expected, 2_376);
});

test('BF2 scheduling: by list, by subtrees, never outside the territory or past the stage', async () => {
  const byList = await pm.post('/api/briefings', {
    title: 'South',
    scheduledAt: later,
    stage: 'vn',
    scope: { list: '19 tỉnh, thành phố phía Nam' },
    capacityReason: 'More than the node of this test carries',
  });
  assert.equal(byList.body.expected, 2_376);
  briefingSchema.parse(byList.body);
  const overlapping = await pm.post('/api/briefings', {
    title: 'HCM',
    scheduledAt: later,
    stage: 'vn',
    scope: ['79', '760', '79'],
  });
  assert.deepEqual(overlapping.body.scope, ['vn.79']);

  const moderator = await person('moderator', '79');
  const own = await moderator.post('/api/briefings', {
    title: 'City',
    scheduledAt: later,
    stage: '79',
    scope: ['760', '761'],
  });
  assert.equal(own.body.stage, 'vn.79');
  const refused = async (stage: string, scope: unknown) =>
    refusal(await moderator.post('/api/briefings', { title: 'x', scheduledAt: later, stage, scope }));
  assert.deepEqual(await refused('vn', ['79']), [403, 'outside-territory']);
  assert.deepEqual(await refused('79', ['01']), [400, 'bad-request']);
  assert.deepEqual(await refused('01', ['01']), [403, 'outside-territory']);
  assert.deepEqual(await refused('79', ['nowhere']), [404, 'not-found']);
  assert.deepEqual(await refused('79', { list: 'no such list' }), [404, 'not-found']);
  assert.deepEqual(await refused('79', []), [400, 'bad-request']);
  const chair = await person('seat', '26734');
  assert.deepEqual(
    refusal(await chair.post('/api/briefings', { title: 'x', scheduledAt: later, stage: '26734', scope: ['26734'] })),
    [403, 'forbidden'],
  );
});

test('PL29 PL30 whoever schedules and opens asks the plan, and what does not fit takes a reason, which is on record', async (t) => {
  const whole = { title: 'Country', scheduledAt: later, stage: 'vn', scope: ['vn'] };
  const asked = await pm.post('/api/scopes/fit', { scope: ['vn'] });
  const fit = briefingFitSchema.parse(asked.body);
  assert.deepEqual([fit.verdict, fit.devices > fit.carries], ['does-not-fit', true]);
  const { verdict, nodes } = (await pm.post('/api/scopes/fit', { scope: ['79'] })).body;
  assert.equal(verdict, nodes === 1 ? 'no-spare' : 'fits');
  const refused = await pm.post('/api/briefings', whole);
  assert.deepEqual(refusal(refused), [422, 'does-not-fit']);
  assert.match(refused.body.error.detail, new RegExp(`${fit.devices} devices .* carry ${fit.carries}`));
  const { body: made } = await pm.post('/api/briefings', { ...whole, capacityReason: 'Storm' });
  const url = `/api/briefings/${made.id}`;
  assert.deepEqual((await pm.get(`${url}/fit`)).body, { ...fit, reason: 'Storm' });
  const { epoch } = made;
  const change = { epoch, reason: 'Agenda', title: 'Whole country' };
  const changed = await pm.post(`${url}/change`, change);
  assert.equal(changed.status, 200, 'who is expected stays, and was answered for');
  const open = await pm.post(`${url}/open`, { epoch: changed.body.epoch });
  assert.equal(open.body.state, 'open', 'nothing more is short than when the reason was given');
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  t.after(() => postgres.close());
  const reasons = await postgres.query(
    `SELECT act, facts #>> '{overload,reason}' AS reason FROM briefing_acts WHERE briefing = $1 ORDER BY epoch`,
    [made.id],
  );
  assert.deepEqual(reasons, [
    { act: 'schedule', reason: 'Storm' },
    { act: 'change', reason: null },
    { act: 'open', reason: 'Storm' },
  ]);
  await pm.post(`${url}/close`);

  const small = { title: 'City', scheduledAt: later, stage: '79', scope: ['760'] };
  const moderator = await person('moderator', '79');
  const { body: narrow } = await moderator.post('/api/briefings', small);
  assert.equal(narrow.state, 'scheduled', 'what fits until a node dies needs no reason');
  assert.deepEqual(refusal(await moderator.post('/api/scopes/fit', { scope: ['vn'] })), [403, 'outside-territory']);
  const { body: wide } = await pm.post('/api/briefings', { ...small, stage: 'vn', scope: ['79'] });
  const wider = { epoch: wide.epoch, reason: 'All', scope: ['vn'] };
  assert.deepEqual(refusal(await pm.post(`/api/briefings/${wide.id}/change`, wider)), [422, 'does-not-fit']);
  const all = await pm.post(`/api/briefings/${wide.id}/change`, { ...wider, capacityReason: 'Storm' });
  assert.equal(all.body.expected, fit.devices);
});

test('BF3 doors, live, end: each once, with the epoch that the caller saw', async () => {
  const { body: made } = await pm.post('/api/briefings', {
    title: 'Way',
    scheduledAt: later,
    stage: 'vn',
    scope: ['79'],
  });
  const url = `/api/briefings/${made.id}`;
  const chair = await person('seat', '26734');
  assert.deepEqual(refusal(await chair.post(`${url}/join`)), [409, 'not-live'], 'the doors are shut');
  assert.deepEqual(refusal(await chair.post(`${url}/open`)), [403, 'forbidden']);
  assert.deepEqual(refusal(await (await person('moderator', '79')).post(`${url}/open`)), [403, 'outside-territory']);

  const open = await pm.post(`${url}/open`, { epoch: made.epoch });
  assert.deepEqual([open.body.state, open.body.epoch], ['open', made.epoch + 1]);
  assert.deepEqual(refusal(await pm.post(`${url}/live`, { epoch: made.epoch })), [409, 'conflict']);
  assert.equal((await pm.post(`${url}/open`)).body.epoch, open.body.epoch, 'a repeat changes nothing');
  assert.equal((await pm.post(`${url}/live`, { epoch: open.body.epoch })).body.state, 'live');
  assert.equal((await chair.post(`${url}/join`)).status, 200);
  assert.deepEqual(refusal(await pm.post(`${url}/open`)), [409, 'conflict']);
  assert.equal((await pm.post(`${url}/close`)).body.state, 'closed');
  assert.deepEqual(refusal(await chair.post(`${url}/join`)), [410, 'briefing-closed']);
  assert.deepEqual(refusal(await pm.post(`${url}/live`)), [410, 'briefing-closed']);
});

test('BF4 EN7 join: a listener’s token that names the session alone, one identity per device', async () => {
  const { body } = await pm.get('/api/briefings');
  const { id } = body.briefings.find((b: { state: string }) => b.state === 'open');
  const chair = await person('seat', '26734');
  const join = joinAnswerSchema.parse((await chair.post(`/api/briefings/${id}/join`)).body);
  assert.equal(join.url, node.url.replace('http', 'ws'));
  const claims = decodeJwt(join.token) as {
    sub: string;
    name?: string;
    video: Record<string, unknown>;
    attributes?: Record<string, string>;
  };
  assert.deepEqual([claims.sub, claims.video.room, claims.video.roomJoin], [join.identity, id, true]);
  assert.deepEqual(
    [claims.video.canPublish, claims.video.canPublishData, claims.video.canSubscribe],
    [false, false, true],
  );
  assert.deepEqual([claims.name, claims.attributes], [undefined, undefined], 'the rest is looked up at the door');

  assert.equal((await chair.post(`/api/briefings/${id}/join`)).body.identity, join.identity, 'the same after a reload');
  const { body: me } = await chair.get('/api/session');
  const moderator = await person('moderator', '79');
  const link = (await moderator.post(`/api/accounts/${me.account.id}/links`)).body.url;
  const phone = await node.signIn(link.slice(link.indexOf('#l=') + 3), 'phone');
  assert.notEqual((await phone.post(`/api/briefings/${id}/join`)).body.identity, join.identity, 'another device');

  assert.deepEqual(refusal(await (await person('seat', '00001')).post(`/api/briefings/${id}/join`)), [
    404,
    'not-found',
  ]);
  assert.deepEqual(refusal(await (await person('moderator', '01')).get(`/api/briefings/${id}`)), [404, 'not-found']);
  assert.deepEqual(refusal(await pm.post('/api/briefings/00000000-0000-4000-8000-000000000000/join')), [
    404,
    'not-found',
  ]);
  assert.deepEqual(refusal(await pm.post('/api/briefings/1/join')), [400, 'bad-request']);
});

test('BF5 lists: saved and read within the territory', async () => {
  const moderator = await person('moderator', '79');
  assert.deepEqual(
    (await moderator.get('/api/lists')).body.lists,
    [],
    'the southern list reaches outside his province',
  );
  const saved = await moderator.send('PUT', '/api/lists/Hai qu%E1%BA%ADn', { units: ['760', '761'] });
  assert.deepEqual([saved.body.name, saved.body.owner], ['Hai quận', '79']);
  assert.ok(saved.body.expected > 10);
  assert.equal((await moderator.get('/api/lists')).body.lists.length, 1);
  const stranger = await person('moderator', '01');
  assert.deepEqual(refusal(await stranger.send('PUT', '/api/lists/Hai qu%E1%BA%ADn', { units: ['001'] })), [
    403,
    'outside-territory',
  ]);
  assert.deepEqual(refusal(await moderator.send('PUT', '/api/lists/x', { units: ['01'] })), [403, 'outside-territory']);
});

test('BF6 the token of `join` opens the door of the media server, on the same port', async () => {
  const { body } = await pm.get('/api/briefings');
  const { id } = body.briefings.find((b: { state: string }) => b.state === 'open');
  const { token } = (await pm.post(`/api/briefings/${id}/join`)).body;
  assert.equal((await fetch(`${node.url}/rtc/validate?access_token=${token}`)).status, 200);
  assert.equal((await fetch(`${node.url}/rtc/validate?access_token=${token}x`)).status, 401);
});

test('BF7 a good token opens no briefing that is over', async () => {
  const { body: made } = await pm.post('/api/briefings', {
    title: 'Over',
    scheduledAt: later,
    stage: 'vn',
    scope: ['79'],
  });
  await pm.post(`/api/briefings/${made.id}/open`);
  const { token } = (await pm.post(`/api/briefings/${made.id}/join`)).body;
  const validate = async () => (await fetch(`${node.url}/rtc/validate?access_token=${token}`)).status;
  assert.equal(await validate(), 200);
  await pm.post(`/api/briefings/${made.id}/close`);
  await until('no node lets anybody in', async () => (await validate()) === 404);
});
