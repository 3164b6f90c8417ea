import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AttendanceBook } from '../../src/domain/attendance/AttendanceBook.ts';
import { AttendanceSheets } from '../../src/domain/attendance/AttendanceSheets.ts';
import { decideCorrection } from '../../src/domain/attendance/corrections.ts';
import type { NewEvent } from '../../src/domain/attendance/events.ts';
import type { BootSign, MeasuredRow, NewCorrection } from '../../src/domain/attendance/ports.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { EntryKind } from '../../src/domain/rollcall/entryRules.ts';
import type { Proof } from '../../src/protocol/rollcall.ts';
import { PgAttendance } from '../../src/store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../../src/store/postgres/attendance/PgAttendanceLog.ts';
import { DatabaseClock } from '../../src/store/postgres/base/DatabaseClock.ts';
import { PgRoundAnswers } from '../../src/store/postgres/rollcall/PgRoundAnswers.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: OfficialWorld;
let store: PgAttendance;
let clock: DatabaseClock;
let log: PgAttendanceLog;
const RULE = { percent: 80, lastRound: true };
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  store = new PgAttendance(world.postgres);
  clock = new DatabaseClock();
  await clock.measure(world.postgres);
  log = new PgAttendanceLog(world.postgres);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const now = () => clock.now().getTime();
const sign = (more: Partial<BootSign> = {}): BootSign => {
  return { boot: randomUUID(), node: randomUUID(), startedAt: now(), aliveAt: now(), endedAt: null, clock: 0, ...more };
};
const event = (briefing: string, { boot }: BootSign, seq: number, more: Partial<NewEvent> = {}): NewEvent => {
  const place = { boot, seq, briefing, unit: '10001', identity: '10001.a' };
  return { ...place, line: 'channel', kind: seq % 2 === 0 ? 'in' : 'out', at: now(), ...more };
};
/** A live briefing that opened an hour ago. */
const longBriefing = async () => {
  const id = await world.liveBriefing();
  await world.postgres.query(`UPDATE briefings SET opened_at = opened_at - interval '1 h' WHERE id = $1`, [id]);
  return id;
};
const close = (id: string) => world.briefings.advance({ id, epoch: 3, act: 'close', account: world.pm.id });
const bookOf = () => {
  const names = { name: (code: string) => world.units.index.find(code)?.name };
  return new AttendanceBook({ store, answers: new PgRoundAnswers(world.postgres), names, rule: RULE, gapMs: 0 });
};
const sheets = () =>
  new AttendanceSheets({ store, book: bookOf(), rule: RULE, clock: { look: async () => undefined } });
const factsOf = async (briefing: string, unit: string) => {
  const [facts] = await store.facts(briefing, [unit]);
  return facts;
};

test('AT2 a batch that is written again, or in another order, changes nothing', async () => {
  const briefing = await world.liveBriefing();
  const boot = sign();
  const events = [0, 1, 2].map((seq) => event(briefing, boot, seq));
  const weak = [{ briefing, unit: '10001', boot: boot.boot, minute: 60_000, ms: 20_000 }];
  await log.record(boot, events, weak);
  const first = await factsOf(briefing, '10001');
  assert.equal(first?.events.length, 3);
  await Promise.all([
    log.record(boot, [...events].reverse(), weak),
    log.record(boot, events.slice(1), [{ ...weak[0], ms: 5_000 } as (typeof weak)[number]]),
  ]);
  assert.deepEqual(await factsOf(briefing, '10001'), first);
  assert.deepEqual([...(first?.weak ?? [])], [[60_000, 20_000]]);
  assert.deepEqual(
    (await store.facts(briefing, ['10003', '10001'])).map((f) => [f.unit, f.events.length]),
    [
      ['10003', 0],
      ['10001', 3],
    ],
    'in the order in which they are asked for',
  );
});

test('AT2 the arrival of a whole country is one statement', async () => {
  const briefing = await world.liveBriefing();
  const boot = sign();
  const events = Array.from({ length: 11_000 }, (_, i) => event(briefing, boot, i, { unit: `u${i}`, kind: 'in' }));
  await log.record(boot, events, []);
  const [row] = await world.postgres.query<{ n: number; statements: number }>(
    `SELECT count(*)::int AS n, count(DISTINCT (xmin::text, cmin::text))::int AS statements
     FROM attendance_events WHERE boot = $1`,
    [boot.boot],
  );
  assert.deepEqual(row, { n: 11_000, statements: 1 });
});

test('AT2 what a boot that slept had not written comes with the next', async () => {
  const briefing = await longBriefing();
  const [slept, awake] = [sign(), sign()];
  await log.record(awake, [event(briefing, slept, 0), event(briefing, awake, 0, { identity: '10001.b' })], []);
  assert.equal((await factsOf(briefing, '10001'))?.events.length, 2);
  assert.equal((await store.frame(briefing))?.boots.get(slept.boot)?.over, true);
});

test('AT3 a boot is over when it says so, when its node starts anew, or when it is silent', async () => {
  const briefing = await longBriefing();
  const boots = async (...signs: BootSign[]) => {
    const frame = await store.frame(briefing);
    return signs.map(({ boot }) => frame?.boots.get(boot)?.over);
  };
  const [one, other] = [sign(), sign()];
  await log.record(one, [], []);
  await log.record(other, [], []);
  assert.deepEqual(await boots(one, other), [false, false]);
  await log.record({ ...other, aliveAt: now(), endedAt: now() }, [], []);
  assert.deepEqual(await boots(one, other), [false, true]);
  const anew = sign({ node: one.node });
  await log.record(anew, [], []);
  assert.deepEqual(await boots(one, anew), [true, false]);

  await world.postgres.query(`UPDATE attendance_boots SET alive_at = alive_at - interval '16 s' WHERE boot = $1`, [
    anew.boot,
  ]);
  // A database that was not up could not hear anybody, so this takes as long from its start.
  await until('the silent boot is over', async () => (await boots(anew))[0] === true, 30_000);
});

test('AT7 what is shown stands where every living boot has written; after the end, at the end', async () => {
  const briefing = await longBriefing();
  await world.postgres.query('UPDATE attendance_boots SET ended_at = alive_at');
  const [behind, ahead] = [sign({ aliveAt: now() - 2_000 }), sign()];
  await log.record(behind, [], []);
  await log.record(ahead, [], []);
  const frame = await store.frame(briefing);
  assert.ok(Math.abs((frame?.until ?? 0) - behind.aliveAt) < 1);
  const closed = await close(briefing);
  assert.equal((await store.frame(briefing))?.until, Date.parse(closed?.closedAt ?? ''));
  assert.equal(await store.frame(randomUUID()), undefined);
});

test('AT9 the last round that asked a unit: answered, missed, excused, open', async () => {
  const briefing = await world.liveBriefing();
  const rounds = new RoundsUnderLaw(new PgRounds(world.postgres));
  const answers = new PgRoundAnswers(world.postgres);
  const by = { account: world.pm.id, name: world.pm.name };
  const open = async (proof: Proof, scope = ['vn']) => {
    const rules = { seconds: 60, lateSeconds: 60, repromptSeconds: null, proof, challenge: null, quorum: null };
    const wanted = { briefing, key: randomUUID(), question: '?', scope, answerers: ['chair' as const], ...rules, by };
    return (await rounds.open(wanted)).opened.round.id;
  };
  const enter = async (round: string, seat: number, kind: EntryKind) => {
    const { id, name, unit } = world.seats[seat] as (typeof world.seats)[number];
    const said = {
      answerer: kind === 'answer' ? ('chair' as const) : null,
      name: null,
      note: null,
      challenge: null,
      received: new Date(),
    };
    const from = { account: id, name, identity: `${unit}.a`, address: '::1' };
    await rounds.enter(briefing, [{ round, unit, kind, key: randomUUID(), by: from, ...said }]);
  };
  const found = async () => {
    const units = ['10001', '10002', '10003'];
    const map = await answers.ofLastRounds(briefing, units);
    return units.map((unit) => map.get(unit));
  };
  assert.deepEqual(await found(), [undefined, undefined, undefined], 'no round was held');
  const first = await open('tap');
  await enter(first, 0, 'answer');
  await enter(first, 1, 'excused');
  assert.deepEqual(await found(), ['answered', 'excused', 'open']);
  await rounds.close(first, by);
  assert.deepEqual(await found(), ['answered', 'excused', 'missed']);
  const second = await open('official', ['vn.79.10001', 'vn.79.10003']);
  await enter(second, 0, 'answer');
  await enter(second, 2, 'official');
  assert.deepEqual(
    await found(),
    ['unconfirmed', 'excused', 'answered'],
    'one was not asked; one waits to be confirmed',
  );
  await enter(second, 0, 'confirm');
  assert.deepEqual(await found(), ['answered', 'excused', 'answered']);
});

test('AT10 one key records one correction, however many send it at once; all of them stay', async () => {
  const briefing = await world.liveBriefing();
  const official = { account: world.moderator.id, by: world.moderator.name };
  const ask = { key: randomUUID(), briefing, unit: '10001', verdict: 'excused', reason: 'lũ', ...official } as const;
  const correct = (wanted: NewCorrection) => store.correct(wanted, (first) => decideCorrection(wanted, first));
  const receipts = await Promise.all(Array.from({ length: 5 }, () => correct(ask)));
  assert.ok(receipts.every(receiptHolds));
  for (const receipt of receipts) assert.deepEqual(receipt, receipts[0]);
  await assert.rejects(correct({ ...ask, verdict: 'absent' }), { reason: 'conflict' });
  await correct({ ...ask, key: randomUUID(), verdict: 'present', reason: 'họp qua điện thoại' });
  const all = await store.correctionsOf(briefing, '10001');
  assert.deepEqual(
    all.map(({ verdict, receipt }) => [verdict, receiptHolds(receipt)]),
    [
      ['excused', true],
      ['present', true],
    ],
  );
  assert.deepEqual(
    (await store.corrections(briefing)).map(({ unit, verdict }) => [unit, verdict]),
    [['10001', 'present']],
  );
});

test('AT11 the sheet waits for a boot that has not written until the end, is made once, and stays', async () => {
  const briefing = await world.liveBriefing();
  await store.freezeRules(RULE);
  const boot = sign();
  await log.record(boot, [event(briefing, boot, 0)], []);
  assert.equal(await sheets().seal(briefing), 'nothing', 'it is not over');
  const end = Date.parse((await close(briefing))?.closedAt ?? '');
  assert.equal(await sheets().seal(briefing), 'wait');
  await log.record({ ...boot, aliveAt: end + 1_000 }, [event(briefing, boot, 1, { at: end })], []);
  const made = await Promise.all([sheets().seal(briefing), sheets().seal(briefing), sheets().seal(briefing)]);
  assert.deepEqual(made.filter((m) => m === 'sealed').length, 1);

  const book = bookOf();
  const read = async () => {
    const rows: MeasuredRow[] = [];
    for await (const some of book.rows(briefing, await book.frame(briefing), '')) rows.push(...some);
    return rows;
  };
  const rows = await read();
  assert.deepEqual(
    rows.map(({ unit, lastOut, devices }) => [unit, lastOut, devices]),
    [
      ['10001', end, 1],
      ['10002', null, 0],
      ['10003', null, 0],
    ],
  );
  const timeline = () => store.facts(briefing, ['10001', '10002']);
  const before = [await timeline(), await store.frame(briefing)];
  const tooLate: number[] = [];
  const late = new PgAttendanceLog(world.postgres, (events) => tooLate.push(events));
  const other = await world.liveBriefing();
  const events = [event(briefing, boot, 2, { unit: '10002', at: end - 1 }), event(other, boot, 3)];
  await late.record({ ...boot, aliveAt: end + 9_000 }, events, [
    { briefing, unit: '10001', boot: boot.boot, minute: 60_000, ms: 1 },
  ]);
  assert.deepEqual(await read(), rows, 'whatever comes later');
  assert.deepEqual([await timeline(), await store.frame(briefing)], before, 'nothing was added to its timeline');
  assert.deepEqual(tooLate, [1]);
  assert.equal((await factsOf(other, '10001'))?.events.length, 1, 'what came beside it is taken in');
});

test('AT11 events that are written while the sheet is sealed are in its timeline or nowhere', async () => {
  const briefing = await world.liveBriefing();
  await store.freezeRules(RULE);
  const boots = Array.from({ length: 8 }, () => sign({ endedAt: now() }));
  for (const boot of boots) await log.record(boot, [event(briefing, boot, 0)], []);
  const end = Date.parse((await close(briefing))?.closedAt ?? '');
  await Promise.all([
    ...boots.map((boot) => log.record(boot, [event(briefing, boot, 1, { at: end })], [])),
    sheets().seal(briefing),
    sheets().seal(briefing),
  ]);
  const [row] = await world.postgres.query(
    `SELECT t.events - count(*)::int AS more FROM attendance_timelines t JOIN attendance_events e USING (briefing)
     WHERE briefing = $1 GROUP BY t.events`,
    [briefing],
  );
  assert.deepEqual(row, { more: 0 });
});

test('AT11 the timeline of a sheet from before timelines were sealed is sealed once, by the next sweep', async () => {
  const briefing = await world.liveBriefing();
  await store.freezeRules(RULE);
  const boot = sign();
  await log.record(boot, [event(briefing, boot, 0)], []);
  await close(briefing);
  const { postgres } = world;
  await postgres.query(
    `INSERT INTO attendance_sheets (chain, seal, leaf, briefing, percent, last_round, live_seconds, units, sha256, at)
     VALUES ($1, 99, 0, $2, 80, true, 0, 0, encode(sha256(''), 'hex'), now())`,
    [`briefing:${briefing}`, briefing],
  );
  await Promise.all([sheets().sweep(), sheets().sweep()]);
  const rows = await postgres.query('SELECT events FROM attendance_timelines WHERE briefing = $1', [briefing]);
  assert.deepEqual(rows, [{ events: 1 }]);
});

test('AT11 a sweep finds what no job was there for', async () => {
  const briefing = await world.liveBriefing();
  await sheets().sweep();
  await close(briefing);
  await sheets().sweep();
  assert.ok((await store.frame(briefing))?.sheet);
  assert.deepEqual(await store.unsealed(), []);
});
