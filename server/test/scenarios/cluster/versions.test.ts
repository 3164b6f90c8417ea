import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import packageJson from '../../../../package.json' with { type: 'json' };
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { freePort } from '../../support/freePort.ts';
import { happens } from '../../support/happens.ts';
import { proveKept } from '../../support/keptAnswers.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { OtherVersion, oldestNeighbour } from '../../support/OtherVersion.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, secretOf } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const MAIN = new URL('../../../src/main.ts', import.meta.url).pathname;
const commit = oldestNeighbour();
const skip = commit === undefined && 'SKIPPED: this checkout has no history, so there is no version before';
const cluster = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, DRAIN_SECONDS: '0' };
const versions: OtherVersion[] = [];
let one: ServerProcess;
let two: ServerProcess;
let internals: readonly string[];
let briefing: string;
const open: ChannelClient[] = [];
before(async () => {
  const main = commit === undefined ? MAIN : versionAt(commit);
  const ports = [String(await freePort()), String(await freePort())] as const;
  internals = ports.map((port) => `http://127.0.0.1:${port}`);
  one = await ServerProcess.create({ ...cluster, NODE_ID: 'one', API_PORT: ports[0] }, undefined, { main });
  const stores = { DATABASE_URL: one.stores.databaseUrl, REDIS_URL: one.stores.redisUrl };
  two = await ServerProcess.create({ ...cluster, ...stores, NODE_ID: 'two', API_PORT: ports[1] }, undefined, { main });
  const pm = await one.signIn(one.secret('Prime'));
  briefing = (await pm.get('/api/briefings')).body.briefings[0].id;
  const channel = await ChannelClient.open(one, pm, briefing);
  await channel.act('stage.goLive', {});
  channel.close();
});
after(async () => {
  for (const client of open) client.close();
  await two?.close();
  await one?.close();
  for (const version of versions) version.close();
});

function versionAt(of: string): string {
  const version = OtherVersion.at(of, '0.0.9');
  versions.push(version);
  return version.main;
}

/** An official at each node, and a commune at each, ask, answer and call across. */
async function actAcross(): Promise<void> {
  for (const url of internals) await nodesKnown(url, 2);
  const enter = async (node: ServerProcess, secret: string) => {
    const client = await ChannelClient.open(node, await node.signIn(secret), briefing);
    open.push(client);
    return client;
  };
  const links = one.links.filter(({ who }) => who.startsWith('commune')).map(({ url }) => secretOf(url));
  const officials = [await enter(one, one.secret('Prime')), await enter(two, one.secret('moderator'))];
  const seats = [await enter(one, links[0] ?? ''), await enter(two, links[1] ?? '')];
  const scope = seats.map(({ identity }) => identity.split('.')[0] ?? '');
  for (const [nr, by] of officials.entries()) {
    const round = await by.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope, seconds: 600 });
    const answers = [];
    for (const seat of seats) {
      await seat.heardOf('round', (n) => n.round.id === round.id);
      answers.push(await seat.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' }));
    }
    for (const each of officials)
      await each.heardOf('round.tick', (t) => t.round === round.id && t.counts.some((c) => c.answered === 2));
    await by.act('round.close', { key: randomUUID(), round: round.id });
    await proveKept(one.stores.databaseUrl, round.id, answers);
    const far = seats[1 - nr] ?? assert.fail('nobody is there');
    const { id } = await by.act('call.start', { unit: scope[1 - nr] ?? '', seconds: 60 });
    await far.heardOf('call.ring', (call) => call.id === id);
    await by.act('call.cancel', { call: id });
  }
  for (const client of open.splice(0)) client.close();
}

/** Told to end, and started in this version. */
async function renew(node: ServerProcess): Promise<void> {
  const ended = happens(node.child, 'exit', 60_000);
  node.child.kill('SIGTERM');
  await ended;
  await node.start(MAIN);
}

async function shown(): Promise<readonly string[]> {
  const { databaseUrl, redisUrl } = one.stores;
  const { out, err } = await dh('node/main', ['list'], {
    ...databaseEnv(databaseUrl),
    REDIS_URL: redisUrl,
    CLUSTER_SECRET,
  });
  const found = ['one', 'two'].map((name) => new RegExp(`^${name} .*?(\\d+\\.\\d+\\.\\d+)`, 'm').exec(out)?.[1] ?? err);
  return found.map((each) => (each === packageJson.version ? 'this' : each));
}

test('CL5 PL1 nodes of the version before and of this one work beside each other, while each is started anew', {
  skip,
}, async () => {
  assert.deepEqual(await shown(), ['0.0.9', '0.0.9']);
  await actAcross();
  await renew(two);
  assert.deepEqual(await shown(), ['0.0.9', 'this']);
  await actAcross();
  await renew(one);
  assert.deepEqual(await shown(), ['this', 'this']);
  await actAcross();
  const snapshot = await Snapshot.create(one.stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
});

test('CL5 a node that speaks in another form, or knows other migrations, is never ready, says why, and leaves all as it is', async () => {
  const strangers = [
    {
      version: OtherVersion.with('cluster/bus/envelope.ts', (code) => code.replace(/(MESSAGE_VERSION = )\d+/, '$199')),
      why: /node (one|two) of this cluster is of a version that speaks in another way: stop it first, or install the same version here/,
    },
    {
      version: OtherVersion.with(
        'store/postgres/base/migrations/9999-later.sql',
        () => 'CREATE TABLE later (id int);\n',
      ),
      why: /node (one|two) of this cluster works with another schema of the database \(\d{4}-.*, here 9999-later\.sql\)/,
    },
  ];
  versions.push(...strangers.map(({ version }) => version));
  for (const { version, why } of strangers) {
    const { status, said, errors } = await refused(version.main);
    assert.match(errors, why);
    assert.equal(status, 78);
    assert.doesNotMatch(said, /^ready /m);
  }
  for (const { url } of [one, two]) await until('it is ready still', async () => (await fetch(`${url}/readyz`)).ok);
  await actAcross();
});

async function refused(main: string): Promise<{ status: number | null; said: string; errors: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-stranger-'));
  try {
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ ...process.env, ...cluster, ...databaseEnv(one.stores.databaseUrl), REDIS_URL: one.stores.redisUrl },
        ...{ DATA_DIR: folder, PORT: String(await freePort()), API_PORT: '0', MEDIA_PORT: String(await freePort()) },
        ...{ MEDIA_WORKERS: '1', DEMO: '0', ALLOW_DATA_LOSS: '1', NODE_ID: 'stranger', LOG_LEVEL: 'error' },
      },
    });
    const ended = happens(child, 'close', 120_000);
    const [said, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { status, said, errors };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
