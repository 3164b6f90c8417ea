import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { AttendanceBook } from '../../src/domain/attendance/AttendanceBook.ts';
import { AttendanceRecorder } from '../../src/domain/attendance/AttendanceRecorder.ts';
import { AttendanceSheets } from '../../src/domain/attendance/AttendanceSheets.ts';
import { SteadyClock } from '../../src/domain/clock/SteadyClock.ts';
import { Presence } from '../../src/domain/presence/Presence.ts';
import { every } from '../../src/lib/every.ts';
import { PgAttendance } from '../../src/store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../../src/store/postgres/attendance/PgAttendanceLog.ts';
import { DatabaseClock } from '../../src/store/postgres/base/DatabaseClock.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgClockSteps } from '../../src/store/postgres/clock/PgClockSteps.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgRoundAnswers } from '../../src/store/postgres/rollcall/PgRoundAnswers.ts';
import { person } from '../support/floorPeople.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { PostgresData, PostgresServer } from '../support/PostgresServer.ts';
import { SetClock } from '../support/SetClock.ts';
import { until } from '../support/until.ts';

const SECOND = 1_000;
const STEPS = [10, -10, 90, -90, 300, -300, 7 * 3_600, -7 * 3_600].map((seconds) => seconds * SECOND);
/** So long is each half of a briefing at least: some looks and writes of each node. */
const HALF_MS = 1_500;
const RULE = { percent: 80, lastRound: false };

let clock: SetClock;
let server: PostgresServer;
let world: OfficialWorld;
let nodes: readonly Node[] = [];
/** The longest that the opening of a briefing took so far, ms. */
let opening = 0;
before(async () => {
  clock = SetClock.create();
  server = await PostgresServer.start(PostgresData.create(), [], clock.env);
  await server.ask('CREATE DATABASE clocks');
  world = await OfficialWorld.create(databaseUrl());
  nodes = [await startNode('one'), await startNode('two')];
});
after(async () => {
  for (const node of nodes) await node.close();
  await world?.close();
  await server?.close();
  clock?.close();
});

const databaseUrl = () => {
  const url = new URL(server.adminUrl);
  url.pathname = '/clocks';
  return url.href;
};

type Node = Awaited<ReturnType<typeof startNode>>;

/** What a node has of attendance, over connections of its own; its sweeps come more often. */
async function startNode(name: string) {
  const postgres = await Postgres.create(databaseUrl(), () => undefined, 3);
  const steps = new PgClockSteps(postgres, new DatabaseClock());
  const steady = await SteadyClock.create({ store: steps, node: name, elapsed: () => performance.now() });
  const presence = new Presence({
    store: { load: async () => ({ expected: [], seen: [], aliveAt: null }), save: async () => undefined },
    names: { name: () => 'Xã', path: () => 'vn' },
    clock: { now: () => new Date(steady.now()) },
  });
  const recorder = new AttendanceRecorder({ log: new PgAttendanceLog(postgres), time: steady, node: name });
  recorder.follow(presence);
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const sweeps = [every(400, () => steady.look(), failed), every(300, () => recorder.tick(), failed)];
  const close = async () => {
    for (const sweep of sweeps) sweep.close();
    await recorder.close();
    await postgres.close();
    assert.deepEqual(failures, []);
  };
  return { name, presence, steady, close };
}

const store = () => new PgAttendance(world.postgres);
const sheets = () => {
  const answers = new PgRoundAnswers(world.postgres);
  const book = new AttendanceBook({ store: store(), answers, names: { name: () => 'Xã' }, rule: RULE, gapMs: 0 });
  return new AttendanceSheets({ store: store(), book, rule: RULE, clock: nodes[0]?.steady as SteadyClock });
};
const seat = (unit: string) => person(unit, 'seat', `vn.79.${unit}`, `${unit}-account`).seat;

/** One commune at each node from the beginning; the third never comes. */
async function open(): Promise<string> {
  const asked = performance.now();
  for (const { steady } of nodes) await steady.look();
  const briefing = await world.liveBriefing();
  await store().freezeRules(RULE);
  for (const [i, { presence }] of nodes.entries()) {
    await presence.open(briefing);
    presence.channelOpened(briefing, seat(`1000${i + 1}`));
  }
  opening = Math.max(opening, performance.now() - asked);
  return briefing;
}
/** A unit came a part of the opening too late: with this it was there for nine tenths all the same, on a slow machine too. */
const half = () => wait(Math.max(HALF_MS, 5 * opening));
async function close(id: string): Promise<string> {
  for (const { steady } of nodes) await steady.look();
  await world.briefings.advance({ id, epoch: 3, act: 'close', account: world.pm.id });
  for (const { presence } of nodes) await presence.close(id);
  return id;
}
const leave = (briefing: string) => nodes[1]?.presence.channelClosed(briefing, seat('10002').identity);

test('AT15 AT16 PostgreSQL is set by seconds and by hours, before, during and after briefings: who was there throughout was there', async () => {
  const held = new Map<string, string>();
  for (const ms of STEPS) {
    const seconds = `${ms / SECOND} s`;
    const [during, late] = [await open(), await open()];
    await half();
    leave(late);
    await half();
    held.set(await close(late), `after a step of ${seconds}`);
    clock.step(ms);
    const early = await open();
    await half();
    leave(during);
    leave(early);
    await half();
    held.set(await close(during), `during ${seconds}`).set(await close(early), `before ${seconds}`);
  }
  const found: string[] = [];
  for (const [briefing, when] of held) {
    await until(`the sheet ${when}`, async () => (await sheets().seal(briefing)) !== 'wait', 30_000);
    const rows = await store().sheetRows(briefing, '', undefined, 10);
    const said = rows.map(({ verdict }) => verdict).join(' ');
    if (said !== 'present partial absent') found.push(`${when}: ${said} (${rows.map(({ share }) => share)})`);
  }
  assert.ok(found.length === 0, found.join('; '));
  const steps = await world.postgres.query<{ ms: number }>('SELECT ms::float8 FROM clock_steps ORDER BY nr');
  assert.deepEqual(
    steps.map(({ ms }) => Math.round(ms / SECOND)),
    STEPS.map((ms) => ms / SECOND),
    'each is on record once, however many nodes have found it',
  );
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});
