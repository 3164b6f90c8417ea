import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JoinAnswer } from '../../../src/protocol/briefing.ts';
import { dh } from '../../support/dh.ts';
import { freePort } from '../../support/freePort.ts';
import { issueLinkFor, issueLinksFor } from '../../support/people.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const nodes: TestNode[] = [];
let viewers: Program[];
let briefing: string;
before(async () => {
  const PUBLIC_URL = `http://127.0.0.1:${await freePort()}`;
  const node = async (NODE_ID: string, stores = {}) => {
    const PORT = String(await freePort());
    const own = { PORT, NODE_URL: `http://127.0.0.1:${PORT}`, NODE_ID, PUBLIC_URL };
    nodes.push(await TestNode.create({ ALLOW_SECOND_NODE: '1', ...own, ...stores }));
    return nodes.at(-1) as TestNode;
  };
  const first = await node('one');
  const { databaseUrl, redisUrl } = first.stores;
  await node('two', { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl });
  const pm = await first.signIn(first.secret('Prime'), 'pm');
  briefing = (await pm.get('/api/briefings')).body.briefings[0].id;
  const units = await communes(pm, 6);
  const secrets = await issueLinksFor(first, 'seat', units);
  viewers = await Promise.all(secrets.map((secret, i) => first.signIn(secret, `device-${i}`)));
});
after(async () => {
  for (const node of nodes.toReversed()) await node.close();
});

const communes = async (pm: Program, count: number): Promise<string[]> => {
  const { units } = (await pm.get('/api/roster?root=79')).body;
  const lowest = units.filter(
    ([, path]: string[]) => !units.some(([, other]: string[]) => other?.startsWith(`${path}.`)),
  );
  return lowest.slice(0, count).map(([code]: string[]) => code);
};

const join = async (program: Program, not?: string | string[]) =>
  program.post(`/api/briefings/${briefing}/join`, not === undefined ? {} : { not });
const placeOf = async (program: Program, not?: string | string[]): Promise<JoinAnswer> => {
  const { status, body } = await join(program, not);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const addressOf = ({ url }: TestNode) => url.replace('http', 'ws');

test('PL7 PL8 viewers who ask at one node are sent to both, by addresses that the page may connect to, and let in there', async () => {
  const [one, two] = nodes as [TestNode, TestNode];
  // Until each has seen the other's lease, it is alone.
  await until('the other is known', async () => {
    const { url } = await placeOf(viewers[0] as Program, addressOf(one));
    return url === addressOf(two) || sleep(200, false);
  });
  const answers: JoinAnswer[] = [];
  for (const viewer of viewers) answers.push(await placeOf(viewer));
  const sent = Map.groupBy(answers, ({ url }) => url);
  assert.deepEqual([...sent.keys()].toSorted(), [addressOf(one), addressOf(two)].toSorted());
  assert.ok(
    [...sent.values()].every((to) => to.length >= 2),
    'each has its share',
  );
  for (const { url, token } of answers) {
    const asked = await fetch(`${url.replace('ws', 'http')}/rtc/validate?access_token=${token}`);
    assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin')], [200, '*']);
  }
  const policy = (await fetch(one.url)).headers.get('content-security-policy') ?? '';
  assert.match(policy, /connect-src [^;]*ws:\/\/127\.0\.0\.1:\*/);
});

test('PL10 whoever did not reach a node is sent to the other one', async () => {
  const [one, two] = nodes as [TestNode, TestNode];
  const [viewer] = viewers as [Program];
  assert.equal((await placeOf(viewer, addressOf(two))).url, addressOf(one));
  assert.equal((await placeOf(viewer, addressOf(one))).url, addressOf(two));
  const silent = ['ws://127.0.0.1:1', addressOf(one)];
  assert.equal((await placeOf(viewer, silent)).url, addressOf(two), 'of several none is named');
  const most = Array.from({ length: 9 }, (_, i) => `ws://127.0.0.1:${i + 1}`);
  assert.equal((await join(viewer, most)).status, 400);
});

test('PL3 PL9 nobody is sent to a node that drains; where all do, each is told when to ask again', async () => {
  const [one, two] = nodes as [TestNode, TestNode];
  const gone = one.app.leave();
  await until('it says that it drains', async () => (await fetch(`${one.url}/readyz`)).status === 503);
  for (const viewer of viewers)
    assert.equal((await placeOf(viewer)).url, addressOf(two), 'asked of the one that drains');
  const there = await two.signIn(await issueLinkFor(one, 'moderator', '79'), 'there');
  await until('the other has read it', async () => (await placeOf(there, addressOf(two))).url === addressOf(two));
  await gone;
  const { databaseUrl, redisUrl } = one.stores;
  const env = { ...databaseEnv(databaseUrl), REDIS_URL: redisUrl, CLUSTER_SECRET };
  const drained = await dh('node/main', ['drain', 'two'], env);
  assert.equal(drained.status, 0, drained.err);
  const { status, headers, body } = await join(there);
  assert.deepEqual([status, body.error.reason, headers.get('retry-after')], [503, 'draining', '2']);
});
