import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { PostgresData, PostgresServer } from '../../support/PostgresServer.ts';
import { SetClock } from '../../support/SetClock.ts';
import { openStores, type TestStores } from '../../support/stores.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const SECOND = 1_000;

let clock: SetClock;
let server: PostgresServer;
let stores: TestStores;
let node: TestNode;
let meeting: Meeting;
let chair: ChannelClient;
let postgres: Postgres;
before(async () => {
  clock = SetClock.create();
  server = await PostgresServer.start(PostgresData.create(), [], clock.env);
  await server.ask('CREATE DATABASE clocks');
  stores = await openStores();
  const url = new URL(server.adminUrl);
  url.pathname = '/clocks';
  const outside = {
    databaseUrl: url.href,
    redisUrl: stores.redisUrl,
    embedded: undefined,
    close: async () => undefined,
  };
  node = await TestNode.create({}, { outside });
  postgres = await Postgres.create(url.href, () => undefined, 2);
  meeting = await Meeting.open(node);
  chair = await meeting.enter('Prime');
});
after(async () => {
  meeting?.close();
  await postgres?.close();
  await node?.close();
  await stores?.close();
  await server?.close();
  clock?.close();
});

const steps = async () => {
  const rows = await postgres.query<{ ms: number }>('SELECT ms::float8 FROM clock_steps ORDER BY nr');
  return rows.map(({ ms }) => Math.round(ms / SECOND));
};
const set = async (seconds: number) => {
  const known = (await steps()).length;
  clock.step(seconds * SECOND);
  await until(`a step of ${seconds} s is on record`, async () => (await steps()).length > known, 30_000);
};
const unitOf = ({ identity }: ChannelClient) => identity.split('.')[0] ?? '';

test('AT15 AT18 RC3 a whole server whose PostgreSQL is set back and forward: who was there was there, and a round that was due is late', async () => {
  const [there, gone] = [await meeting.commune(0), await meeting.commune(1)];
  await chair.act('stage.goLive', {});
  const times = { seconds: 10, lateSeconds: 600, repromptSeconds: null };
  const round = await chair.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['vn'], ...times });
  await chair.heardOf('round', (notice) => notice.round.id === round.id && notice.round.state === 'due');
  await until('that it is due is on record', async () => (await postgres.query('SELECT FROM round_dues')).length > 0);
  await set(-300);
  const late = await there.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' });
  assert.equal(late.entry.state, 'late');
  assert.ok(Date.parse(late.entry.at ?? '') >= Date.parse(round.deadline));
  const condition = async () => {
    const { conditions } = (await (await fetch(`${node.internalUrl}/readyz`)).json()) as { conditions: object };
    return (conditions as Record<string, string>)['clock-steps'] ?? '';
  };
  await until('it is an alarm', async () => (await condition()).includes('set by -300.0 s'));
  await set(390);
  gone.close();
  await set(-90);
  await set(7 * 3_600);
  const closed = await node.signIn(node.secret('Prime'), 'meeting');
  const path = `/api/briefings/${meeting.briefing}`;
  const { body: briefing } = await closed.get(path);
  assert.equal((await closed.post(`${path}/close`, { epoch: briefing.epoch })).status, 200);
  const sheet = () => postgres.query<{ unit: string; share: number }>('SELECT unit, share FROM attendance_rows');
  const rows = await until('the sheet is made', async () => (await sheet()).length > 0 && sheet(), 60_000);
  const shares = new Map(rows.map(({ unit, share }) => [unit, share]));
  assert.ok((shares.get(unitOf(there)) ?? 0) >= 90, `${shares.get(unitOf(there))} of a hundred`);
  assert.ok((shares.get(unitOf(gone)) ?? 0) < 90, `${shares.get(unitOf(gone))} of a hundred`);
  assert.deepEqual(await steps(), [-300, 390, -90, 25_200]);
});
