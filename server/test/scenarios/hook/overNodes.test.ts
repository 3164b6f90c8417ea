import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { periodOf } from '../../../src/domain/figure/periods.ts';
import { hashOfKey, newSourceKey } from '../../../src/domain/figure/SourceKeys.ts';
import { Units } from '../../../src/domain/organisation/Units.ts';
import type { HookEvent } from '../../../src/protocol/hook.ts';
import { hookSecretSchema } from '../../../src/protocol/hook.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgSourceKeys } from '../../../src/store/postgres/figure/PgSourceKeys.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { freePort } from '../../support/freePort.ts';
import { HookReceiver, isSignedBy } from '../../support/HookReceiver.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, Program } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Longer than a lease of a node that died, and than its rows are locked. */
const PATIENCE_MS = 90_000;
const HOUR_MS = 3_600_000;
const shared = { HOOKS_LOOPBACK: 'on', ALLOW_SECOND_NODE: '1', CLUSTER_SECRET };
const cases = { ...freeBeds, code: 'cases-told', kind: 'flow', every: 'hour', dueSeconds: 36_000 } as const;
const source = { ...ministry, code: 'moh-told', indicators: [cases.code] };
const key = newSourceKey();
/** Two processes of the server on the same stores. */
let nodes: readonly [ServerProcess, ServerProcess];
let internals: readonly string[];
let postgres: Postgres;
let units: readonly string[];
let receiver: HookReceiver;
/** Of the principal, at either node. */
let token: string;
before(async () => {
  const ports = [String(await freePort()), String(await freePort())];
  internals = ports.map((port) => `http://127.0.0.1:${port}`);
  const one = await ServerProcess.create({ ...shared, NODE_ID: 'one', API_PORT: ports[0] ?? '' });
  const { databaseUrl, redisUrl } = one.stores;
  postgres = await Postgres.create(databaseUrl, () => undefined, 2);
  const tree = await Units.create(new PgUnits(postgres));
  units = tree.index.baseUnits(['vn']).map(({ code }) => code);
  const definitions = new PgFigureDefinitions(postgres);
  await definitions.putIndicator(cases, { account: null, name: 'dh figures' });
  await definitions.putSource(source, { account: null, name: 'dh figures' });
  await new PgSourceKeys(postgres).add(source.code, hashOfKey(key));
  const two = await ServerProcess.create({
    ...{ ...shared, NODE_ID: 'two', API_PORT: ports[1] ?? '' },
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, DEMO: '0' },
  });
  nodes = [one, two];
  await bothKnown();
  ({ token } = await one.signIn(one.secret('Prime'), 'meeting'));
});
after(async () => {
  const [one, two] = nodes ?? [];
  await two?.close();
  await postgres?.close();
  await one?.close();
  await receiver?.close();
});
beforeEach(async () => {
  await receiver?.close();
  receiver = await HookReceiver.open();
  await postgres.query('DELETE FROM hooks');
});

async function bothKnown(): Promise<void> {
  for (const url of internals) await nodesKnown(url, 2);
}

/** @returns its secret */
async function tellOf(event: HookEvent): Promise<string> {
  const program = Object.assign(new Program(nodes[0].url), { token });
  const { status, body } = await program.post('/api/hooks', {
    ...{ name: 'Kho dữ liệu', url: receiver.url, territory: 'vn', events: [event] },
  });
  assert.equal(status, 200, JSON.stringify(body));
  return hookSecretSchema.parse(body).secret;
}

/** The process that delivers now, and the other one. */
async function deliverer(): Promise<readonly [ServerProcess, ServerProcess]> {
  const [lease] = await postgres.query<{ node: string }>(
    'SELECT b.node FROM hooks h JOIN node_beats b ON b.boot = h.lease_boot',
  );
  assert.ok(lease, 'a node has a lease');
  return lease.node === 'one' ? nodes : [nodes[1], nodes[0]];
}

const idsOf = (): string[] => receiver.received.map(({ id }) => id);
const states = async (): Promise<string> => {
  const rows = await postgres.query<{ state: string }>('SELECT state FROM hook_deliveries ORDER BY at, event');
  return rows.map(({ state }) => `${state} `).join('');
};
const delivered = async (): Promise<number> => {
  const [row] = await postgres.query<{ done: number }>(
    `SELECT count(*)::int AS done FROM hook_deliveries WHERE state = 'delivered'`,
  );
  return row?.done ?? 0;
};
/** Whatever was delivered more than once said the same, signed. */
function allTheSame(secret: string): void {
  for (const [id, told] of Map.groupBy(receiver.received, (event) => event.id))
    assert.equal(new Set(told.map(({ body }) => body)).size, 1, id);
  assert.ok(receiver.received.every((event) => isSignedBy(secret, event)));
}

test('WH15 WH2 a period that is complete is one fact, and told, however two processes are killed while it comes in', async () => {
  const secret = await tellOf('figure.complete');
  const newest = periodOf('hour', Date.now()) - HOUR_MS;
  const send = async ({ url }: ServerProcess, period: number, from: number, to: number) => {
    const lines = units
      .slice(from, to)
      .map((unit, i) =>
        JSON.stringify({ unit, period: new Date(period).toISOString(), value: i % 50, indicator: cases.code }),
      );
    const answer = await fetch(`${url}/api/figures/batches?key=${randomUUID()}&mode=whole`, {
      ...{ method: 'POST', body: lines.join('\n') },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    });
    assert.equal(answer.status, 200, await answer.text());
  };
  const wanted: string[] = [];
  for (let kill = 0; kill < 3; kill++) {
    const period = newest - (2 - kill) * HOUR_MS;
    const [dies, lives] = kill % 2 === 0 ? nodes : [nodes[1], nodes[0]];
    await send(lives, period, 0, 5_000);
    await send(dies, period, 5_000, units.length);
    // Before it is told, while it is, or just after, as it happens.
    if (kill === 2) await until('something more is told', () => new Set(idsOf()).size >= kill, PATIENCE_MS);
    await dies.kill();
    wanted.push(`figure-complete-${cases.code}-vn-${new Date(period).toISOString()}`);
    await dies.start();
    await bothKnown();
  }
  await until('each is on file as delivered', async () => (await delivered()) === wanted.length, PATIENCE_MS);
  assert.deepEqual([...new Set(idsOf())].toSorted(), wanted.toSorted());
  for (const { event } of receiver.received)
    assert.deepEqual(
      [event.data.because, event.data.expected, Number(event.data.said) >= 0.8 * units.length],
      ['covered', units.length, true],
    );
  const facts = await postgres.query('SELECT FROM figure_completions');
  assert.equal(facts.length, wanted.length);
  allTheSame(secret);
});

test('WH2 WH3 that a round was closed is delivered once by two processes, and by the other when the one that had it was killed', async (t) => {
  const meeting = await Meeting.open(nodes[0]);
  const secret = await tellOf('round.closed');
  const rounds: string[] = [];
  const close = async (by: Awaited<ReturnType<Meeting['enter']>>) => {
    const { id } = await by.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 600 });
    await by.act('round.close', { round: id, key: randomUUID() });
    rounds.push(id);
  };
  const pm = await meeting.enter('Prime');
  try {
    await pm.act('stage.goLive', {});
    for (let i = 0; i < 3; i++) {
      await close(pm);
      await until(
        'it is on file as delivered',
        async () => (await states()) === 'delivered '.repeat(i + 1),
        PATIENCE_MS,
      );
    }
    assert.equal(receiver.received.length, 3, 'of processes that live each is delivered exactly once');

    receiver.status = 0;
    await close(pm);
    await until('one of them has begun', () => receiver.received.length === 4);
  } finally {
    meeting.close();
  }
  const [dies, lives] = await deliverer();
  await dies.kill();
  receiver.status = 204;
  const began = performance.now();
  await until('the other one delivers it', async () => (await delivered()) === 4, PATIENCE_MS);
  t.diagnostic(
    `${lives === nodes[0] ? 'one' : 'two'} went on ${Math.round(performance.now() - began)} ms after the kill`,
  );
  const last = receiver.received.at(-1);
  assert.deepEqual(idsOf().slice(-2), [last?.id, last?.id], 'twice, under the same id');
  assert.deepEqual(
    [...new Map(receiver.received.map(({ id, event }) => [id, event.data.round])).values()],
    rounds,
    'each round once by its id',
  );
  allTheSame(secret);
});
