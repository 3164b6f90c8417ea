import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { freePort } from '../../support/freePort.ts';
import { HaProxy, noHaProxy } from '../../support/HaProxy.ts';
import { answerUntilKept, proveKept } from '../../support/keptAnswers.ts';
import { Meeting } from '../../support/Meeting.ts';
import { type OutsideStores, outsideStores } from '../../support/outsideStores.ts';
import { issueLinksFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { seedDemo } from '../../support/seedDemo.ts';
import { databaseEnv, knowServer } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, Program, secretOf } from '../../support/TestNode.ts';
import { type TestCertificate, testCertificate } from '../../support/testCertificate.ts';
import { until } from '../../support/until.ts';

/** Enough that both nodes have some. */
const UNITS = 8;
/** Enough that some are given to either node. */
const REQUESTS = 12;
const LOCAL = '127.0.0.1';

/** The authority of this test is known to nobody else; that a server proves who it is, is tried elsewhere. */
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

let certificate: TestCertificate;
let stores: OutsideStores;
let front: HaProxy;
let url: string;
let folder: string;
const nodes: ServerProcess[] = [];
let meeting: Meeting;
const seats: ChannelClient[] = [];
/** Why each connection of a seat ended. */
const ended: string[] = [];
const skip = noHaProxy() ?? false;

before(async () => {
  if (skip) return;
  certificate = await testCertificate();
  stores = await outsideStores();
  folder = await mkdtemp(join(tmpdir(), 'dh-balancer-'));
  const [pages, database, a, b] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  url = `https://${LOCAL}:${pages}`;
  const { primary, standby } = stores.postgres;
  const addresses = {
    '10.0.0.10:443': pages,
    '10.0.0.10:5432': database,
    '10.0.0.1:8080': a,
    '10.0.0.2:8080': b,
    '10.0.0.11:5432': primary.port,
    '10.0.0.12:5432': standby.port,
  };
  front = await HaProxy.start(addresses, certificate);
  // One address in place of two.
  const through = (address: string) => address.replace(/@[^/]+/, `@${LOCAL}:${database}`);
  const databaseUrl = through(stores.databaseUrl);
  knowServer(databaseUrl, through(stores.postgres.serverUrl));
  const links = await seedDemo(databaseUrl, url, folder);
  const env = {
    ...{ ...stores.env, ...databaseEnv(databaseUrl), CLUSTER_SECRET },
    ...{ PUBLIC_URL: url, TRUST_PROXY: LOCAL, ALLOW_SECOND_NODE: '1', ALLOW_DATA_LOSS: '1' },
    // Nodes believe nobody without proof, whatever this process does.
    NODE_TLS_REJECT_UNAUTHORIZED: '1',
    ...{ API_KEYS_FILE: join(folder, 'api-keys.json'), RECEIPT_KEYS_FILE: join(folder, 'receipt-keys.json') },
  };
  for (const [NODE_ID, port] of [
    ['a', a],
    ['b', b],
  ] as const)
    nodes.push(await ServerProcess.create({ ...env, NODE_ID, PORT: String(port) }));
  await statuses('UP', 'UP');
  const secret = (who: string) => secretOf(links.find((link) => link.who.startsWith(who))?.url ?? '');
  meeting = await Meeting.open({ url, links, secret, signIn });
  await (await meeting.enter('Prime')).act('stage.goLive', {});
  const moderator = await meeting.enter('moderator');
  const { rows } = await moderator.act('presence.list', { root: '79', limit: UNITS });
  for (const link of await issueLinksFor(
    { stores: { databaseUrl } },
    'seat',
    rows.map((row) => row.unit),
  )) {
    const seat = await meeting.withSecret(link);
    seat.socket.on('disconnect', (why) => ended.push(why));
    seats.push(seat);
  }
});
after(async () => {
  meeting?.close();
  for (const node of nodes) await node.close();
  await front?.close();
  await stores?.close();
  await certificate?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function signIn(secret: string, device = 'test'): Promise<Program> {
  const program = new Program(url);
  const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
  assert.equal(status, 200, JSON.stringify(body));
  program.token = body.token;
  return program;
}
const open = async () => {
  const moderator = await meeting.enter('moderator');
  const scope = seats.map(({ identity }) => identity.split('.')[0] ?? '');
  return moderator.act('round.open', { ...{ key: randomUUID(), question: 'Có mặt?', scope, seconds: 600 } });
};
/** Of both nodes, as HAProxy sees them. */
const statuses = (...wanted: readonly string[]) =>
  until(
    `nodes are ${wanted}`,
    async () => `${await Promise.all(['a', 'b'].map((name) => front.status('ready', name)))}` === `${wanted}`,
    30_000,
  );
const statusOf = async (path: string) => (await fetch(url + path)).status;

test('ST7 while PostgreSQL’s primary is dead behind HAProxy, pages keep their connections and are told; promoted, its standby has every answer', {
  skip,
}, async () => {
  assert.equal(await statusOf('/readyz'), 200);
  const round = await open();
  const early = await answerUntilKept(seats[0] as ChannelClient, round.id);
  await stores.postgres.primary.kill();
  await statuses('NOLB', 'NOLB');
  assert.equal(await statusOf('/readyz'), 503);
  assert.equal(await statusOf('/'), 200, 'the page is there all the same');
  const answers = seats.map((seat) => answerUntilKept(seat, round.id));
  await stores.postgres.promote();
  const kept = await Promise.all(answers);
  assert.deepEqual(kept[0]?.entry, early.entry);
  await proveKept(stores.databaseUrl, round.id, kept);
  assert.deepEqual(ended, [], 'no connection of a seat ended');
  await statuses('UP', 'UP');
});

test('ST8 pages of a node that does not answer any more go on at the other, whose own stay', {
  skip,
}, async () => {
  const round = await open();
  nodes[0]?.pause();
  try {
    await statuses('DOWN', 'UP');
    await Promise.all(seats.map((seat) => answerUntilKept(seat, round.id)));
  } finally {
    nodes[0]?.resume();
  }
  assert.equal(ended.length, UNITS / 2, 'those of the other node stay');
});

test('ST10 requests that are given to a node which has just been killed are answered by the other one', {
  skip,
}, async () => {
  await nodes[1]?.kill();
  const asked = await Promise.all(Array.from({ length: REQUESTS }, () => statusOf('/')));
  assert.deepEqual(new Set(asked), new Set([200]));
  await statuses('UP', 'DOWN');
});
