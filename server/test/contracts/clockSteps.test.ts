import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decideIssue, decideRecall } from '../../src/domain/directive/issuing.ts';
import type { Draft } from '../../src/domain/directive/ports.ts';
import { decideExtension } from '../../src/domain/rollcall/ending.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { stateAt } from '../../src/domain/rollcall/roundRules.ts';
import { OnwardClock } from '../../src/lib/OnwardClock.ts';
import { vietNamTime } from '../../src/lib/vietNamTime.ts';
import { DatabaseClock } from '../../src/store/postgres/base/DatabaseClock.ts';
import { PgDirectives } from '../../src/store/postgres/directive/PgDirectives.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgRoundAnswers } from '../../src/store/postgres/rollcall/PgRoundAnswers.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { PostgresData, PostgresServer } from '../support/PostgresServer.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { SetClock } from '../support/SetClock.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const STEPS = [10, -10, 90, -90, 300, -300, 7 * 3_600, -7 * 3_600].map((seconds) => seconds * SECOND);

let clock: SetClock;
let server: PostgresServer;
let world: OfficialWorld;
let store: PgRounds;
let rounds: RoundsUnderLaw;
before(async () => {
  clock = SetClock.create();
  server = await PostgresServer.start(PostgresData.create(), [], clock.env);
  await server.ask('CREATE DATABASE clocks');
  const url = new URL(server.adminUrl);
  url.pathname = '/clocks';
  world = await OfficialWorld.create(url.href);
  store = new PgRounds(world.postgres);
  rounds = new RoundsUnderLaw(store);
});
after(async () => {
  await world?.close();
  await server?.close();
  clock?.close();
});

/** What a node knows of the clock, and by what it dates what comes in. */
async function nodeClock() {
  const database = new DatabaseClock();
  await database.measure(world.postgres);
  const onward = new OnwardClock(database);
  onward.now();
  return { onward, measure: () => database.measure(world.postgres) };
}

const by = () => ({ account: world.pm.id, name: world.pm.name });
const open = async (briefing: string, more: Partial<NewRound> = {}) => {
  const rules = { repromptSeconds: null, answerers: ['chair' as const], proof: 'tap' as const, challenge: null };
  const times = { seconds: 60, lateSeconds: 600 };
  const wanted = { briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], ...times, ...rules, quorum: null };
  return (await rounds.open({ ...wanted, by: by(), ...more })).opened.round;
};
const answer = async (briefing: string, round: string, seat: number, received: Date) => {
  const { id, name, unit } = world.seats[seat] as (typeof world.seats)[number];
  const said = { kind: 'answer' as const, key: randomUUID(), answerer: 'chair' as const, name: null, note: null };
  const from = { account: id, name, identity: `${unit}.a`, address: '::1' };
  const [outcome] = await rounds.enter(briefing, [{ ...said, round, unit, by: from, challenge: null, received }]);
  assert.ok(outcome);
  return 'error' in outcome ? (outcome.error as { reason: string }).reason : outcome.record;
};
const look = async (round: string) => {
  const seen = await store.look(round);
  assert.ok(seen);
  return { ...seen, state: stateAt(seen.round, seen.now) };
};
const reach = (round: string) => store.reach(round, () => true);

test('AU1 RC3 the clock steps back: times of a chain do not, and a round that is over stays over', async () => {
  clock.set(0);
  const briefing = await world.liveBriefing();
  const { id } = await open(briefing, { lateSeconds: 0 });
  clock.set(60 * MINUTE);
  assert.notEqual((await rounds.close(id, null)).closedAt, null);
  clock.set(0);
  assert.equal(await answer(briefing, id, 0, new Date()), 'too-late');
  assert.ok(!(await store.overdue()).includes(id));
  const later = await open(briefing);
  assert.ok((later.deadline.getTime() - Date.now()) / MINUTE < 2, 'a new round is measured by the clock as it is');
  const seals = await world.postgres.query<{ at: Date }>('SELECT at FROM seals WHERE chain = $1 ORDER BY nr', [
    `briefing:${briefing}`,
  ]);
  assert.deepEqual(
    seals.map(({ at }) => at),
    seals.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime()),
  );
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('RC3 RC4 RC8 a round that was due takes answers as late with the clock 5 minutes back, until an official extends it', async () => {
  clock.set(0);
  const briefing = await world.liveBriefing();
  const { id, deadline } = await open(briefing);
  const node = await nodeClock();
  const inTime = node.onward.now();
  clock.set(2 * MINUTE);
  await node.measure();
  node.onward.now();
  const { round } = await reach(id);
  assert.equal(round.version, 1, 'it is no act of an official');
  clock.set(-3 * MINUTE);
  await node.measure();
  assert.equal((await look(id)).state, 'due');
  const late = await answer(briefing, id, 0, node.onward.now());
  assert.ok(typeof late === 'object' && late.late && late.at >= deadline);
  const waited = await answer(briefing, id, 1, inTime);
  assert.ok(
    typeof waited === 'object' && !waited.late,
    'what came before the deadline is in time, however long it waited',
  );
  const other = await nodeClock();
  if (round.dueAt) other.onward.reach(round.dueAt);
  const [unit] = [world.seats[2]?.unit ?? ''];
  const standing = await new PgRoundAnswers(world.postgres).ofLastRounds(briefing, [unit]);
  assert.equal(standing.get(unit), 'missed');
  const extended = await store.extend(id, randomUUID(), by(), (moment) => decideExtension(moment, 60));
  assert.equal((await look(id)).state, 'open');
  const { now } = await look(id);
  assert.ok(extended.round.deadline.getTime() <= Math.max(now.getTime(), round.openedAt.getTime()) + 61 * SECOND);
  const third = await answer(briefing, id, 2, other.onward.now());
  assert.ok(typeof third === 'object' && !third.late, 'it is open again');
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('RC8 whatever the clock is set to before, in and after a round, nothing of it is dated before it was opened', async () => {
  for (const ms of STEPS) {
    clock.set(0);
    const briefing = await world.liveBriefing();
    const node = await nodeClock();
    const first = await open(briefing);
    clock.step(ms);
    await node.measure();
    const second = await open(briefing);
    for (const round of [first, second]) {
      const outcome = await answer(briefing, round.id, 0, node.onward.now());
      const isOver = round === first && ms > 660 * SECOND;
      assert.equal(typeof outcome, isOver ? 'string' : 'object', `${ms}`);
      if (typeof outcome === 'object') {
        assert.ok(outcome.at >= round.openedAt, `${ms}`);
        assert.equal(outcome.late, round === first && ms >= 60 * SECOND, `${ms}`);
      }
    }
    clock.step(-ms);
    await node.measure();
    for (const { id } of [first, second]) await rounds.extend(id, 30, by()).catch(() => undefined);
    clock.step(ms);
    for (const { id } of [first, second]) await rounds.close(id, by());
  }
  const early = await world.postgres.query(
    `SELECT r.id, a.at, r.at AS opened FROM rounds r JOIN (SELECT round, at FROM round_entries UNION ALL SELECT round, at FROM round_acts
       UNION ALL SELECT round, closed_at FROM round_states UNION ALL SELECT round, at FROM round_dues) a ON a.round = r.id
     WHERE a.at < date_trunc('milliseconds', r.at)`,
  );
  assert.deepEqual(early, []);
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

/** Sets PostgreSQL's clock to a moment. */
const setTo = (iso: string) => clock.set(Date.parse(iso) - Date.now());

test('DR1 DR2 at the turn of the year number and date of a directive agree in Viet Nam, also while the clock steps over it', async () => {
  const directives = new PgDirectives(world.postgres);
  const issue = async (briefing: string | null) => {
    const draft: Draft = {
      ...{ key: randomUUID(), issuer: { unit: '79', path: 'vn.79', name: 'Thành phố' }, by: by(), title: 'Lập chốt' },
      ...{ text: 'Kiểm soát.', attachments: [], addressing: { to: ['79'], except: [] }, deadline: null },
      addressees: [{ unit: '10001', path: 'vn.79.10001', name: 'Phường Một', absentee: false }],
      ...{ briefing, supersedes: null },
    };
    return (await directives.issue(draft, (moment) => decideIssue(draft, moment))).directive;
  };
  const [before, after] = ['2027-12-31T16:59:50Z', '2027-12-31T17:00:10Z'];
  setTo(before);
  const first = await issue(null);
  const briefing = await world.liveBriefing();
  setTo(after);
  const recall = { directive: first.id, key: randomUUID(), why: 'Đã có chỉ thị mới', by: by() };
  await directives.recall(recall, (end) => decideRecall('', end));
  await open(briefing);
  setTo(before);
  const all = [first, await issue(null), await issue(briefing), await issue(null)];
  setTo(after);
  all.push(await issue(briefing), await issue(null));
  const said = all.map(({ number, year }) => `${number}/${year}`);
  assert.deepEqual(said, ['1/2027', '1/2028', '2/2028', '3/2028', '4/2028', '5/2028']);
  for (const { number, year, issuedAt } of all)
    assert.equal(vietNamTime(issuedAt).slice(0, 4), String(year), `${number}/${year} of ${issuedAt}`);
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});
