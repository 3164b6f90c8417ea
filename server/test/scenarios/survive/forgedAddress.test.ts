import assert from 'node:assert/strict';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { freePort } from '../../support/freePort.ts';
import { HaProxy, noHaProxy } from '../../support/HaProxy.ts';
import { happens } from '../../support/happens.ts';
import { setPassword } from '../../support/people.ts';
import { CLUSTER_SECRET, TestNode } from '../../support/TestNode.ts';
import { type TestCertificate, testCertificate } from '../../support/testCertificate.ts';
import { until, within } from '../../support/until.ts';

/** PW1: wrong passwords of a login from one address. */
const TRIES = 10;
/** Connections of an address that have not signed in. */
const CONNECTIONS = 20;
const BALANCER = '127.0.0.1';
const PASSWORD = 'mật khẩu đủ dài 2026';

let certificate: TestCertificate;
let front: HaProxy;
let url: string;
/** Behind HAProxy, and on the same stores with nobody in front. */
let node: TestNode;
let bare: TestNode;
const sockets: WebSocket[] = [];
const skip = noHaProxy() ?? false;

before(async () => {
  if (skip) return;
  certificate = await testCertificate();
  const [pages, database, port, nobody] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const addresses = {
    '10.0.0.10:443': pages,
    '10.0.0.10:5432': database,
    '10.0.0.1:8080': port,
    '10.0.0.2:8080': nobody,
  };
  front = await HaProxy.start({ ...addresses, '10.0.0.11:5432': nobody, '10.0.0.12:5432': nobody }, certificate);
  url = `https://${BALANCER}:${pages}`;
  const shared = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, PUBLIC_URL: url };
  const behind = { PORT: String(port), TRUST_PROXY: BALANCER, CONNECTIONS_PER_ADDRESS: String(CONNECTIONS) };
  node = await TestNode.create({ ...shared, ...behind, NODE_ID: 'behind' });
  const { databaseUrl, redisUrl } = node.stores;
  bare = await TestNode.create({ ...shared, NODE_ID: 'bare', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl });
  await until('HAProxy has found the node', async () => (await front.status('ready', 'a')) === 'UP', 30_000);
});
after(async () => {
  for (const socket of sockets) socket.terminate();
  await bare?.close();
  await node?.close();
  await front?.close();
  await certificate?.close();
});

/** What somebody may say of where they come from, each time another address. */
const forged = (address: string): Record<string, string | string[]> => ({
  'x-forwarded-for': [address, `${address}, ${BALANCER}`],
  ...{ 'x-real-ip': address, 'x-client-ip': address, 'true-client-ip': address, forwarded: `for=${address}` },
});

interface Try {
  /** An address of loopback. */
  readonly from: string;
  readonly to?: string;
  readonly login: string;
  readonly password?: string;
  readonly says?: string;
}

/** @returns the reason of the refusal, or `let in` */
async function tryPassword({ from, to = url, login, password = 'falsch', says }: Try): Promise<string> {
  const { protocol, hostname, port } = new URL(to);
  const headers = { 'content-type': 'application/json', ...(says && forged(says)) };
  const address = { hostname, port, localAddress: from, path: '/api/session/password', method: 'POST', headers };
  const asked = protocol === 'https:' ? secure({ ...address, rejectUnauthorized: false }) : plain(address);
  asked.end(JSON.stringify({ login, password, transport: 'bearer' }));
  const [answer] = await happens(asked, 'response');
  const body = JSON.parse(await text(answer));
  return body.error?.reason ?? 'let in';
}

/** So many with a wrong password, each from another address by what it says. */
async function manyTries(one: Omit<Try, 'says'>): Promise<string[]> {
  const said: string[] = [];
  for (let i = 0; i < TRIES + 2; i++) said.push(await tryPassword({ ...one, says: `198.51.100.${i + 1}` }));
  return said;
}
const limited = [...Array(TRIES).fill('wrong-credentials'), 'rate-limited', 'rate-limited'];

test('ST12 PW1 through HAProxy tries count for the address of the client, whatever it says, and nobody spends those of another', {
  skip,
}, async () => {
  const login = 'chu.tri.mot';
  await setPassword(node, 'moderator', '79', login, PASSWORD);
  assert.deepEqual(await manyTries({ from: '127.0.0.2', login }), limited);
  const other = { from: '127.0.0.3', login, password: PASSWORD };
  assert.equal(
    await tryPassword({ ...other, says: '127.0.0.2' }),
    'let in',
    'another client who says that they are that one',
  );
  assert.equal(await tryPassword({ from: '127.0.0.2', login, password: PASSWORD, says: '127.0.0.3' }), 'rate-limited');
});

test('ST12 PW1 who reaches the node past HAProxy, or one with nobody in front, has the tries of their own address', {
  skip,
}, async () => {
  const ways = { past: node.url, bare: bare.url };
  for (const [i, [way, to]] of Object.entries(ways).entries()) {
    const login = `chu.tri.${way}`;
    await setPassword(node, 'moderator', ['01', '74'][i] ?? '', login, PASSWORD);
    assert.deepEqual(await manyTries({ from: `127.0.0.${10 + i}`, to, login }), limited, way);
    const theirs = { from: `127.0.0.${20 + i}`, to, login, says: `127.0.0.${10 + i}` };
    assert.equal(await tryPassword({ ...theirs, password: PASSWORD }), 'let in', way);
  }
});

test('ST12 through HAProxy connections count for the address of the client, whatever it says, and others still come in', {
  skip,
}, async () => {
  /** @returns whether it is let in */
  const connect = (from: string, says: string): Promise<boolean> => {
    const options = { localAddress: from, headers: forged(says), rejectUnauthorized: false };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, options);
    sockets.push(socket);
    const isIn = new Promise<boolean>((resolve) => {
      socket.on('open', () => resolve(true)).on('error', () => resolve(false));
    });
    return within('it is let in or put out', isIn, 30_000);
  };
  const many = Array.from({ length: 2 * CONNECTIONS }, (_, i) => connect('127.0.0.30', `198.51.100.${i + 1}`));
  const putOut = (await Promise.all(many)).filter((isIn) => !isIn).length;
  assert.ok(putOut > 0, 'those over the limit are put out');
  assert.ok(await connect('127.0.0.31', '127.0.0.30'), 'another client is let in');
});
