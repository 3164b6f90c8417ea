import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { SelectionDraft } from '../../src/domain/figure/selection/ports.ts';
import type { Call } from '../../src/protocol/floor.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgSelections } from '../../src/store/postgres/figure/selection/PgSelections.ts';
import { PgFloor } from '../../src/store/postgres/floor/PgFloor.ts';
import { checkFloors } from '../../src/store/postgres/record/projections/floors.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { freeBeds } from '../support/official/figure.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
let selection: string;
/** Three communes of one province and one of another. */
let chosen: readonly string[];
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  chosen = [...world.communes('79', 3), ...world.communes('01', 1)];
  selection = await choose(chosen);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

async function choose(codes: readonly string[], briefing: string | null = null): Promise<string> {
  const units = codes.map((code, i) => {
    const { path, name } = world.units.get(code);
    return { unit: code, path, name, value: 90 + i, state: 'fresh', until: '2026-11-26T00:00:00.000Z' } as const;
  });
  const draft: SelectionDraft = {
    ...{ key: randomUUID(), indicator: { ...freeBeds, version: 1 }, period: Date.parse('2026-11-25T17:00:00Z'), n: 7 },
    ...{ nAt: Date.now(), root: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, rule: { is: 'at-least', value: 90 } },
    ...{ except: [], by: { account: pm.id, name: pm.name, unit: 'vn' }, briefing },
    units: units.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return (await new PgSelections(world.postgres).freeze(draft, () => undefined)).id;
}
const toldOf = async (directive: string) => [...(await world.store.among(directive, 'all'))].sort();

test('DR35 FG29 a directive to a selection reaches exactly its units, less the exceptions, and says which selection', async () => {
  const directive = await world.issue(pm, { to: { selection } });
  assert.deepEqual(await toldOf(directive.id), [...chosen].sort());
  assert.equal(directive.selection, selection);
  assert.equal((await world.issue(pm, { to: ['79'] })).selection, undefined);
  const [out = '', ...others] = chosen;
  const fewer = await world.issue(pm, { to: { selection }, except: [out] });
  assert.deepEqual(await toldOf(fewer.id), [...others].sort());
  const preview = await world.directives.preview(pm, { to: { selection }, except: [out] });
  assert.equal(preview.addressees, 3);
  const kept = await world.postgres.query<{ to: unknown }>(
    "SELECT addressing->'to' AS to FROM directives WHERE id = $1",
    [directive.id],
  );
  assert.deepEqual(kept, [{ to: { selection } }], 'the record says so');
});

test('DR35 FG29 only within the territory of who gives it; no tier, no other selection', async () => {
  const province = await world.person('principal', '79');
  assert.deepEqual(await toldOf((await world.issue(province, { to: { selection } })).id), chosen.slice(0, 3).sort());
  const elsewhere = await world.person('principal', '92');
  assert.equal(await refusalOf(world.issue(elsewhere, { to: { selection } })), 'outside-territory');
  const chair = await world.person('seat', chosen[0] ?? '');
  assert.equal(await refusalOf(world.issue(chair, { to: { selection } })), 'forbidden');
  assert.equal(await refusalOf(world.issue(pm, { to: { selection }, tier: 'commune' })), 'bad-request');
  assert.equal(await refusalOf(world.issue(pm, { to: { selection: randomUUID() } })), 'not-found');
  assert.equal(await refusalOf(world.issue(pm, { to: { selection }, except: ['vn'] })), 'bad-request');
});

test('DR35 FG29 RH3 from one that was made in a rehearsal no directive is given, and nobody is called but in a rehearsal', async () => {
  const briefings = new PgBriefings(world.postgres);
  const { id: rehearsal } = await briefings.create({
    ...{
      title: 'Tập',
      scheduledAt: new Date().toISOString(),
      stage: 'vn',
      scope: ['vn'],
      expected: 1,
      createdBy: pm.id,
    },
    rehearsal: true,
  });
  await briefings.advance({ id: rehearsal, epoch: 1, act: 'open', account: pm.id });
  const tried = await choose(chosen, rehearsal);
  assert.equal(await refusalOf(world.issue(pm, { to: { selection: tried } })), 'rehearsal');
  const [unit = ''] = chosen;
  const reached = (id: string, briefing: string) => world.selections.demandReached(pm, id, unit, briefing);
  assert.equal(await refusalOf(reached(tried, randomUUID())), 'rehearsal');
  await reached(tried, rehearsal);
  await reached(selection, rehearsal);
  await reached(selection, randomUUID());
});

test('FG57 an addressee reads its own row of the selection, and none of the others', async () => {
  const [first = '', second = ''] = chosen;
  const chair = await world.person('seat', first);
  assert.deepEqual(
    (await world.selections.read(chair, selection)).units.map(({ unit, value }) => [unit, value]),
    [[first, 90]],
  );
  assert.equal(await refusalOf(world.selections.unit(chair, selection, second)), 'not-found');
  assert.deepEqual(
    (await world.selections.read(pm, selection)).units.map(({ value }) => value),
    [93, 92, 91, 90],
    'FG56 the worst first',
  );
});

test('FG58 AU6 a call from a selection is on record with it, and the calls follow from the record', async () => {
  const [unit = ''] = chosen;
  const briefing = await world.liveBriefing(pm);
  const store = new PgFloor(world.postgres);
  const { path, name: unitName } = world.units.get(unit);
  const [at, deadline] = [0, 30_000].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string];
  const call: Call = {
    ...{ id: randomUUID(), briefing, unit, unitName, path, state: 'ringing', ringingAt: at, deadline },
    ...{ caller: { account: pm.id, name: pm.name, role: pm.role }, answeredAt: null, endedAt: null, why: null },
    ...{ identity: null, selection },
  };
  const record = { act: 'call.start', account: pm.id, unit, call: call.id };
  await store.change(briefing, record, () => [{ kind: 'call', call }]);
  assert.equal((await store.calls(briefing))[0]?.selection, selection);
  const acts = await world.postgres.query<{ selection: string }>(
    `SELECT changes #>> '{0,call,selection}' AS selection FROM floor_acts WHERE briefing = $1 AND act = 'call.start'`,
    [briefing],
  );
  assert.deepEqual(acts, [{ selection }]);
  assert.deepEqual(await checkFloors(world.postgres), []);
});
