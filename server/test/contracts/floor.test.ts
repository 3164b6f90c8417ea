import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { acceptCall, type Ring, startCall, timeOutCall } from '../../src/domain/floor/calls.ts';
import type { FloorChange } from '../../src/domain/floor/FloorState.ts';
import { seeCall } from '../../src/domain/floor/missedCalls.ts';
import { closeStages, enterStage, openStage } from '../../src/domain/floor/openStages.ts';
import type { Moment } from '../../src/domain/floor/ports.ts';
import { giveTime } from '../../src/domain/floor/speechTimer.ts';
import {
  admit,
  closeFloor,
  demote,
  equip,
  mute,
  muteAll,
  promote,
  raiseHand,
  remove,
  unmuteSelf,
} from '../../src/domain/floor/stageActs.ts';
import { stagesShown } from '../../src/domain/floor/stagesShown.ts';
import { gatherEyes, startBack } from '../../src/domain/floor/tiers.ts';
import { visitStage } from '../../src/domain/floor/visits.ts';
import type { BriefingActor } from '../../src/domain/shared/actor.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFloor } from '../../src/store/postgres/floor/PgFloor.ts';
import { type FloorGround, insertBriefing, memoryGround, peopleIn, postgresGround } from '../support/floorGrounds.ts';
import { person } from '../support/floorPeople.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until, within } from '../support/until.ts';

const act = { act: 'test', account: null };
const ringOf = (caller: BriefingActor, called: BriefingActor, seconds = 30): Ring => {
  return { id: randomUUID(), unit: called.account.unit, caller: caller.account, seconds, ringable: true };
};

function contract(name: string, open: () => FloorGround): void {
  describe(name, () => {
    const people = () => peopleIn(open());

    test('SC16 a missed call is seen once, and stays what it was', async () => {
      const { store, briefing, pm, chair } = await people();
      const ring = { ...ringOf(pm, chair), ringable: false };
      await store.change(briefing, act, (m) => startCall(m, ring));
      const missed = async () => (await store.missed(chair.seat.unit)).filter((c) => c.id === ring.id);
      assert.equal((await missed()).length, 1);
      const { name } = chair.seat;
      const see = (identity: string) =>
        store.change(briefing, { ...act, act: 'call.seen' }, (m) => seeCall(m, { identity, name }), ring.id);
      const { calls } = await see('first');
      await see('second');
      assert.deepEqual(await missed(), []);
      const call = await store.call(ring.id);
      assert.deepEqual(call, calls[0]);
      assert.deepEqual([call?.state, call?.seen?.identity, call?.seen?.name], ['not-connected', 'first', name]);
    });

    test('SC16 a missed call is made good when the same caller has spoken with the unit since', async () => {
      const { store, briefing, pm, chair, other } = await people();
      const missed = { ...ringOf(pm, chair), ringable: false };
      await store.change(briefing, act, (m) => startCall(m, missed));
      const missing = async () => (await store.missed(chair.seat.unit)).some((c) => c.id === missed.id);
      const elsewhere = ringOf(pm, other);
      await store.change(briefing, act, (m) => startCall(m, elsewhere));
      await store.change(briefing, act, (m) => acceptCall(m, other.seat), elsewhere.id);
      const again = ringOf(pm, chair);
      await store.change(briefing, act, (m) => startCall(m, again));
      assert.equal(await missing(), true);
      await store.change(briefing, act, (m) => acceptCall(m, chair.seat), again.id);
      assert.equal(await missing(), false);
    });

    test('FL20 time on air is read from the acts, and what brings nobody on air is none of it', async () => {
      const { store, briefing, chair, other } = await people();
      const nothing = { briefing, since: null, beforeMs: 0 };
      assert.deepEqual(await store.airTime(briefing), nothing);
      await store.change(briefing, act, (m) => raiseHand(m, chair.seat));
      assert.deepEqual(await store.airTime(briefing), nothing);
      let at = '';
      await store.change(briefing, act, (m) => {
        at = m.now.toISOString();
        return promote(m, chair.seat);
      });
      assert.deepEqual(await store.airTime(briefing), { briefing, since: at, beforeMs: 0 });
      await store.change(briefing, act, (m) => promote(m, other.seat));
      await store.change(briefing, act, (m) => remove(m, chair.seat.identity, null));
      assert.equal((await store.airTime(briefing)).since, at, 'another is still on air');
      let end = new Date(0);
      await store.change(briefing, act, (m) => {
        end = m.now;
        return closeFloor(m);
      });
      const beforeMs = end.getTime() - Date.parse(at);
      assert.deepEqual(await store.airTime(briefing), { briefing, since: null, beforeMs });
    });

    test('TR9 stages, and what stands on them, are read back as they were changed', async () => {
      const { store, briefing, pm, chair, other } = await people();
      const { unit: code, path, name } = { ...chair.account.unit, unit: chair.account.unit.code };
      const change = (decide: (m: Moment) => readonly FloorChange[]) => store.change(briefing, act, decide);
      await change((m) => openStage(m, { code, path, name }, chair.seat));
      await change((m) => enterStage(m, pm.seat.identity, path));
      await change((m) => raiseHand(m, other.seat));
      const ring = { ...ringOf(pm, chair), unit: other.account.unit, from: { ...chair.seat, identity: 'x' } };
      await assert.rejects(
        change((m) => startCall(m, ring)),
        { reason: 'conflict' },
      );
      const { floor } = await change((m) => admit(m, pm.seat, path));
      assert.deepEqual(await store.read(briefing), floor);
      assert.deepEqual(
        floor.stages.map((s) => [s.unit, s.path]),
        [[code, path]],
      );
      assert.deepEqual(
        floor.speakers.map((s) => [s.place, s.stage]),
        [
          ['stage', path],
          ['green', path],
        ],
      );
      assert.deepEqual(
        [floor.mains, floor.entered],
        [[{ path, stage: path }], [{ identity: pm.seat.identity, stage: path }]],
      );
      await change((m) => gatherEyes(m, path, true));
      const told = (await change((m) => startBack(m, path.slice(0, path.lastIndexOf('.')), 5))).floor;
      assert.deepEqual(await store.read(briefing), told);
      assert.equal(told.gathers.length, 2);
      assert.equal(
        (await store.due()).some((due) => due.briefing === briefing),
        false,
      );
      const visitor = { ...pm.seat, identity: `${pm.seat.identity}.visit` };
      for (const home of [null, 'vn']) {
        if (home !== null) await change((m) => promote(m, visitor));
        const visited = (await change((m) => visitStage(m, visitor, path))).floor;
        assert.equal(visited.speakers.at(-1)?.home, home, 'TR14');
        assert.deepEqual(await store.read(briefing), visited);
        await change((m) => demote(m, visitor.identity, 'audience'));
        await change((m) => demote(m, visitor.identity, 'audience'));
      }
      const closed = (await change((m) => closeStages(m, [path]))).floor;
      assert.deepEqual(await store.read(briefing), closed);
      assert.deepEqual([closed.stages, closed.mains, closed.entered, closed.speakers], [[], [], [], []]);
      assert.equal(closed.hands.length, 1);
      const record = await store.stageRecord(briefing);
      assert.equal(record?.root, 'vn');
      assert.ok(record);
      const shown = stagesShown(record, path);
      assert.deepEqual(
        shown.map(({ unit, to }) => [unit, to === null]),
        [
          [code, false],
          [null, true],
        ],
        'TR13',
      );
      assert.equal(await store.stageRecord(randomUUID()), undefined);
    });

    test('FL18 equipment is read back with hand and speaker, and its change keeps their places', async () => {
      const { store, briefing, chair, other } = await people();
      const told = { camera: 'missing', microphone: 'ready' } as const;
      await store.change(briefing, act, (m) => raiseHand(m, { ...chair.seat, equipment: told }));
      await store.change(briefing, act, (m) => raiseHand(m, other.seat));
      const both = { camera: 'ready', microphone: 'ready' } as const;
      for (const { seat } of [chair, other]) await store.change(briefing, act, (m) => equip(m, seat.identity, both));
      const { hands } = await store.read(briefing);
      assert.deepEqual(
        hands.map((h) => h.seat),
        [chair, other].map(({ seat }) => ({ ...seat, equipment: both })),
      );
      await store.change(briefing, act, (m) => admit(m, hands[0]?.seat ?? other.seat));
      await store.change(briefing, act, (m) => equip(m, chair.seat.identity, told));
      assert.deepEqual((await store.read(briefing)).speakers[0]?.seat, { ...chair.seat, equipment: told });
    });

    test('FL1 the floor that a change answers with is the floor that is read afterwards', async () => {
      const { store, briefing, pm, chair, other } = await people();
      assert.equal((await store.read(briefing)).seq, 0);
      await store.change(briefing, act, (m) => raiseHand(m, other.seat));
      await store.change(briefing, act, (m) => raiseHand(m, chair.seat));
      await store.change(briefing, act, (m) => promote(m, pm.seat));
      await store.change(briefing, act, (m) => mute(m, chair.seat.identity, true));
      await store.change(briefing, act, (m) => admit(m, chair.seat));
      await store.change(briefing, act, (m) => remove(m, 'somebody else', 'noise'));
      const { floor } = await store.change(briefing, act, (m) => startCall(m, ringOf(pm, other)));
      assert.equal(floor.seq, 7);
      assert.deepEqual(
        floor.hands.map((h) => h.seat),
        [other.seat],
      );
      assert.deepEqual(
        floor.speakers.map((s) => [s.seat, s.place, s.muted]),
        [
          [pm.seat, 'stage', false],
          [chair.seat, 'green', true],
        ],
      );
      assert.equal(floor.calls[0]?.state, 'ringing');
      assert.deepEqual(floor.removed, ['somebody else']);
      assert.deepEqual(await store.read(briefing), floor);
    });

    test('FL36 who was muted with all others is so after a restart, until their own press, a mute by name or a removal', async () => {
      const { store, briefing, pm, chair, other } = await people();
      const silence = (m: Moment) => muteAll(m, { identity: pm.seat.identity, role: 'principal' }, undefined);
      for (const { seat } of [pm, chair, other]) await store.change(briefing, act, (m) => promote(m, seat));
      const { floor } = await store.change(briefing, act, silence);
      assert.deepEqual([...floor.silenced].sort(), [chair.seat.identity, other.seat.identity].sort());
      assert.deepEqual(new Set((await store.read(briefing)).silenced), new Set(floor.silenced));
      assert.deepEqual((await store.read(briefing)).speakers, floor.speakers);
      await store.change(briefing, act, (m) => unmuteSelf(m, chair.seat.identity));
      await store.change(briefing, act, (m) => mute(m, other.seat.identity, true));
      const { silenced, muted } = await store.read(briefing);
      assert.deepEqual([silenced, muted], [[], [other.seat.identity]]);
      const again = await store.change(briefing, act, silence);
      assert.deepEqual(again.floor.silenced, [chair.seat.identity]);
      const gone = await store.change(briefing, act, (m) => remove(m, chair.seat.identity, 'all'));
      assert.deepEqual((await store.read(briefing)).silenced, gone.floor.silenced);
    });

    test('FL38 the time of a speaker is kept by the store’s clock with their place, and goes with it', async () => {
      const { store, briefing, pm, chair, other } = await people();
      const change = (decide: (m: Moment) => readonly FloorChange[]) => store.change(briefing, act, decide);
      const give =
        ({ seat }: BriefingActor, minutes: number | null) =>
        (m: Moment) =>
          giveTime(m, { identity: pm.seat.identity, role: 'principal' }, { ...seat, minutes, stage: undefined });
      for (const { seat } of [pm, chair, other]) await change((m) => promote(m, seat));
      let since = '';
      await change((m) => {
        since = m.now.toISOString();
        return give(chair, 3)(m);
      });
      await change(give(other, 60));
      const muted = (await change((m) => mute(m, chair.seat.identity, true))).floor;
      assert.deepEqual(muted.speakers[1]?.timer, { minutes: 3, since });
      assert.deepEqual((await store.read(briefing)).speakers, muted.speakers);
      const ended = (await change(give(other, null))).floor;
      assert.equal(ended.speakers[2]?.timer, undefined);
      assert.deepEqual((await store.read(briefing)).speakers, ended.speakers);
      const green = (await change((m) => demote(m, chair.seat.identity, 'green'))).floor;
      assert.equal(green.speakers[1]?.timer, undefined);
      assert.deepEqual((await store.read(briefing)).speakers, green.speakers);
    });

    test('FL1 a decision without changes, and one that throws, leave nothing', async () => {
      const { store, briefing, pm } = await people();
      await store.change(briefing, act, (m) => promote(m, pm.seat));
      const before = await store.read(briefing);
      await store.change(briefing, act, (m) => promote(m, pm.seat));
      await assert.rejects(
        store.change(briefing, act, () => {
          throw new Error('no');
        }),
        /no/,
      );
      assert.deepEqual(await store.read(briefing), before);
    });

    test('FL2 acts at once are decided one after the other', async () => {
      const { store, briefing, pm, chair } = await people();
      const ring = ringOf(pm, chair);
      await store.change(briefing, act, (m) => startCall(m, ring));
      const devices = Array.from({ length: 12 }, (_, i) => ({ ...chair.seat, identity: `device ${i}` }));
      const answers = await Promise.allSettled(
        devices.map((seat) => store.change(briefing, act, (m) => acceptCall(m, seat), ring.id)),
      );
      assert.equal(answers.filter((a) => a.status === 'fulfilled').length, 1);
      const { speakers, seq } = await store.read(briefing);
      assert.equal(speakers.length, 1);
      assert.equal(seq, 2);
      assert.equal((await store.calls(briefing))[0]?.identity, speakers[0]?.seat.identity);
    });

    test('FL2 SC4 of many callers of one unit exactly one rings', async () => {
      const { ground, store, briefing, chair } = await people();
      const callers = await Promise.all(
        Array.from({ length: 6 }, () => ground.known(person(briefing, 'moderator', 'vn.79'))),
      );
      const answers = await Promise.allSettled(
        callers.map((caller) => store.change(briefing, act, (m) => startCall(m, ringOf(caller, chair)))),
      );
      const reasons = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason.reason] : []));
      assert.deepEqual(reasons, Array(5).fill('busy'));
      assert.equal((await store.calls(briefing)).length, 1);
    });

    test('SC3 SC7 the store’s own clock says what is overdue and when', async () => {
      const { store, briefing, pm, chair } = await people();
      const ring = ringOf(pm, chair, 0.3);
      const { calls } = await store.change(briefing, act, (m) => startCall(m, ring));
      const mine = async () => (await store.overdue()).filter((o) => o.call === ring.id);
      assert.deepEqual(await mine(), []);
      await store.change(briefing, act, timeOutCall, ring.id);
      assert.equal((await store.calls(briefing))[0]?.state, 'ringing');
      await until('the deadline', async () => (await mine()).length > 0);
      const wakes = await Promise.all([1, 2, 3].map(() => store.change(briefing, act, timeOutCall, ring.id)));
      assert.equal(wakes.filter((o) => o.calls.length > 0).length, 1, 'once');
      const [record] = await store.calls(briefing);
      assert.deepEqual([record?.state, record?.endedAt], ['timed-out', calls[0]?.deadline]);
      assert.deepEqual(await mine(), []);
    });

    test('FL16 closing a floor leaves the record', async () => {
      const { ground, store, briefing, pm, chair, other } = await people();
      const ring = ringOf(pm, chair);
      await store.change(briefing, act, (m) => startCall(m, ring));
      await store.change(briefing, act, (m) => acceptCall(m, chair.seat), ring.id);
      await store.change(briefing, act, (m) => raiseHand(m, other.seat));
      assert.ok((await store.running()).some((b) => b.id === briefing && b.seq === 3));
      await ground.setState(briefing, 'closed');
      assert.ok(!(await store.running()).some((b) => b.id === briefing));
      const { floor } = await store.change(briefing, act, closeFloor);
      assert.deepEqual([floor.speakers, floor.hands, floor.calls], [[], [], []]);
      assert.deepEqual(
        (await store.calls(briefing)).map((c) => c.state),
        ['ended'],
      );
    });

    test('a briefing that is not there, a call of another briefing', async () => {
      const { ground, store, briefing, pm, chair } = await people();
      await assert.rejects(
        store.change(randomUUID(), act, () => []),
        { reason: 'not-found' },
      );
      const ring = ringOf(pm, chair);
      await store.change(briefing, act, (m) => startCall(m, ring));
      const elsewhere = await ground.briefing();
      await assert.rejects(
        store.change(elsewhere, act, (m) => acceptCall(m, chair.seat), ring.id),
        { reason: 'not-found' },
      );
    });
  });
}

const memory = memoryGround();
contract('in memory', () => memory);

let stores: TestStores;
let postgres: Postgres;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

contract('in PostgreSQL', () => postgresGround(postgres));

test('SC11 every act that changed something is on record, in order, and an answered call cannot be rewritten', async () => {
  const store = new PgFloor(postgres);
  const [row] = await postgres.query<{ briefing: string }>('SELECT briefing FROM calls WHERE state = $1', ['ended']);
  const briefing = row?.briefing ?? '';
  const acts = await postgres.query<{ seq: string }>('SELECT seq FROM floor_acts WHERE briefing = $1 ORDER BY seq', [
    briefing,
  ]);
  const { seq } = await store.read(briefing);
  assert.deepEqual(
    acts.map((a) => Number(a.seq)),
    Array.from({ length: seq }, (_, i) => i + 1),
  );
  await assert.rejects(
    postgres.query(`UPDATE calls SET state = 'refused', why = 'changed my mind' WHERE state = 'ended'`),
    /stays so/,
  );
});

test('acts that wait for a floor hold few connections, so that a thousand hands keep nobody from anything else', async () => {
  const own = await openAsServer(stores.databaseUrl, 4);
  const store = new PgFloor(own);
  const briefing = await insertBriefing(postgres);
  await postgres.query('INSERT INTO floors (briefing) VALUES ($1)', [briefing]);
  const [locked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = postgres.transaction(async (sql) => {
    await sql.query('SELECT FROM floors WHERE briefing = $1 FOR UPDATE', [briefing]);
    locked.resolve();
    await free.promise;
  });
  await locked.promise;
  const waiting = Array.from({ length: 20 }, () => store.change(briefing, act, () => []));
  try {
    await within('something else is asked of the store', own.query('SELECT 1'), 10_000);
  } finally {
    free.resolve();
    await Promise.all([holding, ...waiting]);
    await own.close();
  }
});
