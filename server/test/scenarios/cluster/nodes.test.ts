import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nodesPageSchema, refusalsPageSchema } from '../../../src/protocol/nodes.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { metricsOf } from '../../support/nodesKnown.ts';
import { operatorOf } from '../../support/operatorOf.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const cluster = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET };
let one: TestNode;
let two: ServerProcess;
let operator: Program;
let elsewhere: Program;
before(async () => {
  one = await TestNode.create({ ...cluster, NODE_ID: 'one' });
  const { databaseUrl, redisUrl } = one.stores;
  const stores = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
  two = await ServerProcess.create({ ...cluster, ...stores, NODE_ID: 'two', PIPE_ADDRESS: '127.0.0.2' });
  const secret = await operatorOf(one, 'vn');
  operator = await one.signIn(secret, 'here');
  elsewhere = await two.signIn(secret, 'here');
});
after(async () => {
  await two?.close();
  await one?.close();
});

async function pageOf(program: Program) {
  const { status, body } = await program.get('/api/nodes');
  assert.equal(status, 200, JSON.stringify(body));
  return nodesPageSchema.parse(body);
}
type Page = Awaited<ReturnType<typeof pageOf>>;
const shown = (what: string, program: Program, is: (page: Page) => boolean) =>
  until(what, async () => is(await pageOf(program)), 30_000);
const bootOf = ({ nodes }: Page, name: string) => nodes.find((node) => node.name === name)?.boot ?? '';
const states = ({ nodes }: Page) =>
  nodes.map(({ name, here, about }) => `${name} ${about?.state}${here ? ' here' : ''}`);
const past = ({ events }: Page) => events.map(({ node, kind, detail }) => `${node} ${kind} ${detail ?? ''}`.trim());

test('PL12 whichever node is asked, both are shown, and each says where it is reached', async () => {
  await shown('the other node answers', operator, ({ nodes }) => nodes.length === 2 && nodes.every((n) => n.reached));
  await shown('so it does there', elsewhere, ({ nodes }) => nodes.length === 2 && nodes.every((n) => n.reached));
  const page = await pageOf(operator);
  assert.deepEqual(states(page), ['one serves here', 'two serves']);
  assert.deepEqual(states(await pageOf(elsewhere)), ['one serves', 'two serves here']);
  assert.deepEqual(page.nodes[1]?.reached, { address: two.url, pipes: '127.0.0.2' });
  assert.equal(page.cluster, true);
  assert.ok(page.nodes.every(({ about }) => (about?.room ?? 0) > 0));
  // What happened is written once a second.
  await shown('both came', elsewhere, (page) => past(page).toSorted().join() === 'one came 0.1.0,two came 0.1.0');
});

test('PL11 PL12 who carries a briefing and stands by, once somebody is in it', async () => {
  const { body } = await operator.get('/api/briefings');
  const briefing = body.briefings[0];
  const first = await ChannelClient.open(one, await one.signIn(one.secret('Prime')), briefing.id);
  await shown('one carries it', elsewhere, ({ carried }) => carried[0]?.carrier === 'one');
  const moderator = await two.signIn(await issueLinkFor(one, 'moderator', '79'), 'there');
  const second = await ChannelClient.open(two, moderator, briefing.id);
  await shown('two stands by', elsewhere, ({ carried }) => carried[0]?.standby === 'two');
  const [carried] = (await pageOf(operator)).carried;
  assert.deepEqual(carried, { briefing: briefing.id, title: briefing.title, carrier: 'one', standby: 'two', epoch: 1 });
  await shown('it is written down', operator, (page) => past(page).includes('one carries'));
  const metrics = await metricsOf(one.internalUrl);
  assert.match(metrics, /^dh_elections_total\{how="first",.*\} 1$/m);
  assert.match(metrics, /^dh_elections_total\{how="after another",.*\} 0$/m);
  assert.match(metrics, /^dh_carried_briefings\{.*\} 1$/m);
  first.close();
  second.close();
});

test('PL13 PL14 asked at one, the other is emptied and called back, and it is on record who asked', async () => {
  const boot = bootOf(await pageOf(operator), 'two');
  const drain = (draining: boolean) => operator.post(`/api/nodes/${boot}/drain`, { draining });
  assert.equal((await drain(true)).status, 204);
  await shown('it is empty', operator, (page) => states(page).includes('two empty'));
  assert.equal((await fetch(`${two.url}/readyz`)).status, 503);
  const last = await operator.post(`/api/nodes/${bootOf(await pageOf(operator), 'one')}/drain`, { draining: true });
  assert.deepEqual([last.status, last.body.error.reason], [409, 'conflict'], 'nobody else takes viewers');
  assert.equal((await drain(false)).status, 204);
  await shown('it serves', operator, (page) => states(page).includes('two serves'));
  await shown('all of it is written down', operator, (page) =>
    ['two drains Quản trị', 'two emptied', 'two serves Quản trị'].every((event) => past(page).includes(event)),
  );
});

test('PL12 neither officials nor the operator of a province see or empty nodes', async () => {
  const boot = bootOf(await pageOf(operator), 'two');
  const others = [one.secret('Prime'), one.secret('moderator'), await operatorOf(one, '79')];
  for (const [i, secret] of others.entries()) {
    const program = await one.signIn(secret);
    const reason = i === 2 ? 'outside-territory' : 'forbidden';
    assert.equal((await program.get('/api/nodes')).body.error.reason, reason);
    assert.equal((await program.post(`/api/nodes/${boot}/drain`, { draining: true })).body.error.reason, reason);
  }
  assert.deepEqual(states(await pageOf(operator)), ['one serves here', 'two serves']);
});

test('PL15 an event that does not fit the nodes that are registered is refused, with what is short', async () => {
  const { databaseUrl, redisUrl } = one.stores;
  const env = { ...databaseEnv(databaseUrl), REDIS_URL: redisUrl, CLUSTER_SECRET };
  const plan = (devices: string) => dh('plan/main', ['--registered', '--devices', devices], env);
  const small = await plan('20');
  assert.equal(small.status, 0, small.err + small.out);
  assert.match(
    small.out,
    /^one +of 1 cores for media .* carries \d+; .*\ntwo +of 1 cores .*\nregistered +2 nodes carry /m,
  );
  assert.match(small.out, /^fits +also when any one of them dies$/m);
  const large = await plan('100000');
  assert.equal(large.status, 1, large.err);
  assert.match(large.out, /^DOES NOT FIT {2}\d+ viewers find no room .*: short of cores of media workers$/m);
});

test('HT17 what one node has refused is seen at the other, with the node that did', async () => {
  const { status } = await (await two.signIn(await issueLinkFor(one, 'seat', '26734'), 'nosy')).get('/api/nodes');
  assert.equal(status, 403);
  const { body } = await operator.get('/api/refusals');
  const { tries, silent } = refusalsPageSchema.parse(body);
  assert.deepEqual(silent, []);
  const seen = tries.find(({ act, node }) => act === 'GET /api/nodes' && node === 'two');
  assert.deepEqual([seen?.reason, seen?.way], ['forbidden', 'http']);
});

test('PL14 a node that is killed has vanished, once it is missed', async () => {
  const boot = bootOf(await pageOf(operator), 'two');
  await two.kill();
  await shown('it is gone', operator, (page) => past(page)[0] === 'two vanished');
  assert.deepEqual(states(await pageOf(operator)), ['one serves here']);
  assert.equal((await operator.post(`/api/nodes/${boot}/drain`, { draining: true })).status, 404);
});
