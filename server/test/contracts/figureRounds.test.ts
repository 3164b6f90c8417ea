import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { SelectionDraft } from '../../src/domain/figure/selection/ports.ts';
import { LiveRounds } from '../../src/domain/rollcall/LiveRounds.ts';
import { RoundKeeper } from '../../src/domain/rollcall/RoundKeeper.ts';
import { RoundService } from '../../src/domain/rollcall/RoundService.ts';
import { Arrivals } from '../../src/domain/shared/Arrivals.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { openRoundSchema } from '../../src/protocol/rollcall.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgSelections } from '../../src/store/postgres/figure/selection/PgSelections.ts';
import { checkRounds } from '../../src/store/postgres/record/projections/rounds.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { freeBeds } from '../support/official/figure.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
let store: PgRounds;
let rounds: RoundService;
let briefing: string;
/** Three communes of one province, one of another; and one of a province that the briefing is not for. */
let expected: readonly string[];
let stranger: string;
let selection: string;

before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  store = new PgRounds(world.postgres);
  const live = new LiveRounds();
  const arrivals = new Arrivals(systemClock);
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  rounds = new RoundService({
    ...{ store, live, arrivals, keeper: new RoundKeeper({ store, live, alarm, arrivals }) },
    roster: { pathOf: (code) => world.units.get(code).path, listPaths: async () => [], tierOf: () => undefined },
    figures: { numberFor: () => assert.fail('no number is asked for') },
    chosen: world.selections,
  });
  briefing = await world.liveBriefing(pm, 0, ['79', '01']);
  expected = [...world.communes('79', 3), ...world.communes('01', 1)];
  stranger = world.communes('92', 1)[0] ?? '';
  selection = await choose([...expected, stranger]);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

async function choose(codes: readonly string[], made: string | null = null): Promise<string> {
  const units = codes.map((code, i) => {
    const { path, name } = world.units.get(code);
    return { unit: code, path, name, value: 90 + i, state: 'fresh', until: '2026-11-26T00:00:00.000Z' } as const;
  });
  const draft: SelectionDraft = {
    ...{ key: randomUUID(), indicator: { ...freeBeds, version: 1 }, period: Date.parse('2026-11-25T17:00:00Z'), n: 7 },
    ...{ nAt: Date.now(), root: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, rule: { is: 'at-least', value: 90 } },
    ...{ except: [], by: { account: pm.id, name: pm.name, unit: 'vn' }, briefing: made },
    units: units.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return (await new PgSelections(world.postgres).freeze(draft, () => undefined)).id;
}
const actor = (account: Account, at = briefing) => {
  const { id, name, role, unit } = account;
  return {
    ...{ account, briefing: at },
    seat: { identity: `${unit.code}.a`, account: id, unit: unit.code, path: unit.path, name, role, person: null },
  };
};
const open = (by: Account, id: string, at = briefing, key: string = randomUUID()) =>
  rounds.open(
    actor(by, at),
    openRoundSchema.parse({ key, question: 'Vì sao?', scope: { selection: id }, seconds: 60 }),
  );
const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);
const askedIn = async (round: string) => (await store.load(round))?.units.map(({ unit }) => unit).sort();

test('FG67 RC1 a round to a selection asks exactly its units that the briefing expects, and the record says which selection', async () => {
  const key = randomUUID();
  const round = await open(pm, selection, briefing, key);
  assert.deepEqual([round.selection, round.scope, round.expected], [selection, ['vn'], 4]);
  assert.deepEqual(await askedIn(round.id), [...expected].sort());
  assert.equal((await open(pm, selection, briefing, key)).id, round.id, 'the same key again');
  const kept = await world.postgres.query('SELECT selection, chain FROM round_selections WHERE round = $1', [round.id]);
  assert.deepEqual(kept, [{ selection, chain: `briefing:${briefing}` }]);
  const again = await rounds.reopen(actor(pm), { key: randomUUID(), round: round.id, whom: 'missing', seconds: 60 });
  assert.deepEqual([again.selection, again.reopens], [selection, round.id]);
  assert.deepEqual(await checkRounds(world.postgres), []);
});

test('FG67 FG29 only within the territory of who asks, which is the scope of their round', async () => {
  const province = await world.person('principal', '79');
  const round = await open(province, selection);
  assert.deepEqual([round.scope, round.expected], [[province.unit.path], 3]);
  assert.equal(await refusalOf(open(await world.person('principal', '36'), selection)), 'outside-territory');
  assert.equal(await refusalOf(open(await world.person('seat', expected[0] ?? ''), selection)), 'forbidden');
  assert.equal(await refusalOf(open(pm, randomUUID())), 'not-found');
  assert.equal(await refusalOf(open(pm, await choose([stranger]))), 'bad-request', 'the briefing expects nobody of it');
});

test('FG67 RH3 one that was made in a rehearsal is asked in a rehearsal alone', async () => {
  const briefings = new PgBriefings(world.postgres);
  const times = { scheduledAt: new Date().toISOString(), createdBy: pm.id };
  const { id } = await briefings.create({
    ...{ title: 'Tập', stage: 'vn', scope: ['vn'], expected: 1, ...times },
    rehearsal: true,
  });
  const units = world.units.index.baseUnits([world.units.get('79').path]);
  await briefings.advance({ id, epoch: 1, act: 'open', account: pm.id, expected: units });
  const tried = await choose(expected, id);
  assert.equal(await refusalOf(open(pm, tried)), 'rehearsal');
  assert.equal((await open(pm, tried, id)).expected, 3);
});

test('FG67 AU6 a round that asks whom its selection does not have is found', async () => {
  const [unit = ''] = expected;
  const other = { unit, path: world.units.get(unit).path };
  const { opened } = await store.open(
    {
      ...{ briefing, key: randomUUID(), question: '?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
      ...{ repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
      ...{ by: { account: pm.id, name: pm.name }, selection: await choose([stranger]) },
    },
    ({ now, lastNr }) => ({
      ...{ nr: lastNr + 1, openedAt: now, deadline: later(now, 60), lateUntil: later(now, 120), quorum: null },
      former: undefined,
      ...{ units: [other], own: [other] },
    }),
  );
  assert.deepEqual(
    (await checkRounds(world.postgres)).filter((one) => one.includes('round_selections')),
    [`round_selections (round ${opened.round.id}): ${unit} is not in its selection`],
  );
});
