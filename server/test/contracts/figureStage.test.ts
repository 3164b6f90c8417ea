import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { periodOf } from '../../src/domain/figure/periods.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import { stagedContentSchema, stagedPieceSchema } from '../../src/protocol/figureStage.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { type StageNode, stageNode } from '../support/stageNode.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let node: StageNode;
const day = '2026-08-10';
const period = new Date(periodOf('day', Date.parse(`${day}T12:00+07:00`))).toISOString();
const clock = { now: () => new Date(`${day}T12:00+07:00`) };
const by = { account: null, name: 'dh figures' };
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  await definitions.putIndicator(freeBeds, by);
  await definitions.putIndicator({ ...freeBeds, code: 'inner', mayStage: false }, by);
  await definitions.putSource({ ...ministry, indicators: ['beds-free', 'inner'] }, by);
  await take({ 10001: '12', 10002: '30' });
  await take({ 10001: '1' }, 'inner');
  node = await stageNode(world, clock);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

async function take(values: Readonly<Record<string, string>>, indicator = 'beds-free'): Promise<void> {
  const rows = Object.entries(values).map(
    ([unit, value], i): FigureRow => ({ row: i + 1, indicator, unit, period: day, value }),
  );
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  await new PgFigureIntake(world.postgres).take({ ...ask, source: ministry, rows }, world.units.index);
}
const accountOf = ({ unit, ...account }: OfficialWorld['pm']): Account => ({ ...account, unit: world.units.get(unit) });
const open = async (by: StageNode = node) => {
  const briefing = await world.liveBriefing();
  await by.learn(briefing);
  return { briefing, account: accountOf(world.pm) };
};
const beds = { indicator: 'beds-free', root: 'vn', depth: 'provinces', view: 'map' } as const;
const acts = (briefing: string) =>
  world.postgres.query<{ act: string; version: number; content: string | null; account: string | null }>(
    'SELECT act, version::int, content, account FROM figure_stage_acts WHERE briefing = $1 ORDER BY version',
    [briefing],
  );

test('FG25 what is shown, marked and cleared is on record in its order, with what all saw under its hash', async () => {
  const actor = await open();
  const { briefing } = actor;
  const { stages, live, store } = node;
  assert.equal(await stages.show(actor, beds), 1);
  assert.equal(await stages.show(actor, beds), 1, 'what is there already is no act');
  const { content = null } = live.get(briefing);
  const kept = JSON.parse((await store.content(content ?? ''))?.toString() ?? 'null');
  assert.deepEqual([kept.picture.value, kept.picture.coverage.fresh, kept.picture.coverage.expected], [42, 2, 3]);
  assert.deepEqual([kept.picture.units, kept.picture.names], [[['79', 42, 2, 3]], ['Hồ Chí Minh']]);
  assert.equal(kept.communes, null, 'nobody is shown by name');
  assert.equal(await stages.mark(actor, content ?? '', { kind: 'unit', unit: '79' }), 2);
  assert.deepEqual((await store.read(briefing)).what?.mark, { kind: 'unit', unit: '79' });
  await take({ 10003: '5' });
  await node.figures.sweep();
  assert.equal(await stages.clear(actor), 3);
  assert.equal(await stages.clear(actor), 3);
  const rows = await acts(briefing);
  assert.deepEqual(
    rows.map(({ act, version }) => [act, version]),
    [
      ['show', 1],
      ['mark', 2],
      ['clear', 3],
    ],
  );
  const last = JSON.parse((await store.content(rows[2]?.content ?? ''))?.toString() ?? 'null');
  assert.equal(last.picture.value, 47, 'and what they saw at the end');
  assert.deepEqual([rows[0]?.content, rows[1]?.content], [content, null]);
});

test('FG25 another node, and this one after its restart, show the same', async () => {
  const actor = await open();
  const { briefing } = actor;
  await node.stages.show(actor, { ...beds, view: 'table' });
  const content = node.live.get(briefing).content ?? '';
  await node.stages.mark(actor, content, { kind: 'unit', unit: '79' });
  const other = await stageNode(world, clock);
  await other.live.ensure(briefing);
  assert.deepEqual(other.live.get(briefing), node.live.get(briefing));
  const stage = other.live.get(briefing);
  assert.ok(stage.what);
  const [there, here] = await Promise.all(
    [other, node].map(({ pictures }) => pictures.now({ ...stage, what: stage.what as never })),
  );
  assert.deepEqual({ ...there, series: [] }, { ...here, series: [] });
  await node.stages.clear(actor);
  await other.live.sweep();
  assert.equal(other.live.get(briefing).what, null, 'what a hint lost is found');
});

test('FG102 what is on the stage and what all see beside people is one act, in one seal, whoever acts in the same moment', async () => {
  const other = await stageNode(world, clock);
  const actor = await open();
  const { briefing } = actor;
  await other.learn(briefing);
  for (let round = 0; round < 4; round += 1) {
    const view = round % 2 === 0 ? 'map' : 'table';
    const shown = { ...beds, view } as const;
    await Promise.all([node.stages.show(actor, shown), other.stages.clear(actor), other.stages.show(actor, beds)]);
    await Promise.all([other.stages.show(actor, shown), node.stages.clear(actor)]);
    for (const each of [node, other]) await Promise.all([each.live.sweep(), each.programme.sweep()]);
    const { what } = await node.store.read(briefing);
    for (const { live, programmes } of [node, other]) {
      assert.deepEqual(live.get(briefing).what, what);
      assert.deepEqual(programmes.get(briefing)?.content, what && { kind: 'figures' });
    }
  }
  const apart = await world.postgres.query(
    `SELECT s.version FROM figure_stage_acts s WHERE s.briefing = $1 AND s.act <> 'mark' AND NOT EXISTS (
       SELECT FROM programme_acts p WHERE p.briefing = s.briefing AND (p.chain, p.seal) = (s.chain, s.seal)
         AND p.act = 'figures.' || s.act AND (s.act = 'show') = (p.content IS NOT NULL))
       AND s.act IS DISTINCT FROM (SELECT b.act FROM figure_stage_acts b
         WHERE b.briefing = s.briefing AND b.act <> 'mark' AND b.version < s.version ORDER BY b.version DESC LIMIT 1)`,
    [briefing],
  );
  assert.deepEqual(apart, []);
});

test('FG26 nothing comes on the stage that its presenter may not see, or that may not be staged', async () => {
  const actor = await open();
  const { briefing } = actor;
  const { stages, learn } = node;
  await assert.rejects(stages.show(actor, { ...beds, indicator: 'inner' }), { reason: 'forbidden' });
  const moderator = { briefing, account: accountOf(world.moderator) };
  const own = { ...beds, root: '79', depth: 'communes', confirmed: 3 } as const;
  // Who may not is told so first, whatever they ask for.
  await assert.rejects(stages.show(moderator, { ...own, confirmed: 1 }), { reason: 'forbidden' });
  await world.postgres.query('UPDATE briefings SET producers = $2 WHERE id = $1', [briefing, [world.moderator.id]]);
  await learn(briefing);
  await assert.rejects(stages.show(moderator, beds), { reason: 'outside-territory' });
  assert.equal(await stages.show(moderator, own), 1, 'a producer, of their own territory');
  assert.deepEqual(
    (await acts(briefing)).map(({ act }) => act),
    ['show'],
  );
});

test('FG26 what may not be staged any more leaves the stage', async () => {
  const definitions = new PgFigureDefinitions(world.postgres);
  await definitions.putIndicator({ ...freeBeds, code: 'waning' }, by);
  await definitions.putSource({ ...ministry, indicators: ['beds-free', 'inner', 'waning'] }, by);
  await take({ 10001: '7' }, 'waning');
  const own = await stageNode(world, clock);
  const actor = await open(own);
  await own.stages.show(actor, { ...beds, indicator: 'waning' });
  await definitions.putIndicator({ ...freeBeds, code: 'waning', mayStage: false }, by);
  await own.figures.sweep();
  await own.stages.sweep();
  assert.equal(own.live.get(actor.briefing).what, null);
  assert.equal(own.programmes.get(actor.briefing)?.content, null);
  assert.deepEqual(
    (await acts(actor.briefing)).map(({ act, account }) => [act, account]),
    [
      ['show', world.pm.id],
      ['clear', null],
    ],
  );
});

test('FG75 others stand beside the one that is drawn, each of its newest period, and what moves in any of them is seen', async () => {
  const definitions = new PgFigureDefinitions(world.postgres);
  for (const code of ['icu', 'oxygen']) await definitions.putIndicator({ ...freeBeds, code }, by);
  const indicators = ['beds-free', 'inner', 'waning', 'icu', 'oxygen'];
  await definitions.putSource({ ...ministry, indicators }, by);
  await take({ 10001: '3', 10002: '4' }, 'icu');
  await take({ 10001: '9' }, 'oxygen');
  const own = await stageNode(world, clock);
  const actor = await open(own);
  const { stages, live, store, pictures } = own;
  const three = { ...beds, beside: ['icu', 'oxygen', 'icu', 'beds-free'] };
  await assert.rejects(stages.show(actor, { ...beds, beside: ['icu', 'inner'] }), { reason: 'forbidden' });
  await assert.rejects(stages.show(actor, { ...beds, beside: ['nothing'] }), { reason: 'not-found' });
  await stages.show(actor, three);
  assert.equal(await stages.show(actor, three), 1, 'what is there already is no act');
  const stage = live.get(actor.briefing);
  const kept = stagedContentSchema.parse(JSON.parse((await store.content(stage.content ?? ''))?.toString() ?? ''));
  assert.deepEqual(
    kept.picture.beside.map((one) => [one.indicator.code, one.period, one.value, one.coverage.expected]),
    [
      ['icu', period, 7, 3],
      ['oxygen', period, 9, 3],
    ],
  );
  await take({ 10001: '10' }, 'oxygen');
  await own.figures.sweep();
  assert.ok(stage.what);
  const now = await pictures.now({ ...stage, what: stage.what });
  assert.deepEqual(
    now.beside.map(({ value }) => value),
    [7, 10],
  );
  assert.ok(now.n > kept.picture.n);
  await stages.show(actor, beds);
  const { what = null } = live.get(actor.briefing);
  assert.ok(what && !('beside' in what), 'shown without them it is as it always was');
  await stages.show(actor, three);
  await definitions.putIndicator({ ...freeBeds, code: 'oxygen', mayStage: false }, by);
  await own.figures.sweep();
  await stages.sweep();
  assert.equal(live.get(actor.briefing).what, null, 'with one of them all leave the stage');
});

test('FG65 units come on the stage by name when whoever shows them has confirmed how many, and stand as they were then', async () => {
  const actor = await open();
  const { stages, live, store, pictures } = node;
  const named = { ...beds, depth: 'communes' } as const;
  await assert.rejects(stages.show(actor, named), { reason: 'bad-request' });
  await assert.rejects(stages.show(actor, { ...named, confirmed: 2 }), { reason: 'conflict' });
  await assert.rejects(stages.show(actor, { ...beds, root: '79' }), { reason: 'bad-request' });
  await stages.show(actor, { ...named, confirmed: 3 });
  const stage = live.get(actor.briefing);
  const kept = JSON.parse((await store.content(stage.content ?? ''))?.toString() ?? 'null');
  assert.deepEqual(kept.communes.names, ['Phường Một', 'Phường Hai', 'Xã Ba']);
  assert.deepEqual([kept.communes.values[0], kept.communes.states[0]], [12, 'f']);
  await take({ 10001: '13' });
  await node.figures.sweep();
  assert.ok(stage.what);
  assert.equal((await pictures.now({ ...stage, what: stage.what })).n, kept.picture.n);
  await stages.show(actor, { ...named, confirmed: 3 });
  assert.ok((live.get(actor.briefing).what?.n ?? 0) > kept.picture.n, 'shown anew, as of now');
});

test('FG108 units by name are there piece by piece, in their order, also beyond the last one', async () => {
  const actor = await open();
  const { briefing, account } = actor;
  await node.stages.show(actor, { ...beds, depth: 'communes', confirmed: 3 });
  const content = node.live.get(briefing).content ?? '';
  const piece = async (from: number, most: number) =>
    stagedPieceSchema.parse(
      JSON.parse((await node.stages.units(account, briefing, content, { from, most })).toString()),
    );
  const [first, rest, none] = await Promise.all([piece(0, 2), piece(2, 400), piece(3, 400)]);
  assert.deepEqual([first.names, rest.names, none.names], [['Phường Một', 'Phường Hai'], ['Xã Ba'], []]);
  assert.deepEqual([first.of, rest.of, none.of], [3, 3, 3]);
  const { communes } = await node.pictures.read(content);
  for (const column of ['units', 'values'] as const)
    assert.deepEqual([...first[column], ...rest[column]], communes?.[column]);
  assert.equal(first.states + rest.states, communes?.states);
  const again = { from: 0, most: 2 };
  const asked = () => node.stages.units(account, briefing, content, again);
  assert.equal(await asked(), await asked(), 'FG107 written once for all who ask');
});

test('FG65 one account shows twenty at once, and is told when to come again', async () => {
  const own = await stageNode(world, clock);
  const actor = await open(own);
  const shows = await Promise.allSettled(Array.from({ length: 25 }, () => own.stages.show(actor, beds)));
  const refused = shows.flatMap((each) => (each.status === 'rejected' ? [each.reason.reason] : []));
  assert.deepEqual(refused, Array(5).fill('rate-limited'));
});

test('FG27 a mark is a unit or a period of what is shown, twice a second at most', async () => {
  const actor = await open();
  const { stages, live } = node;
  await stages.show(actor, beds);
  const content = live.get(actor.briefing).content ?? '';
  const mark = (unit: string) => stages.mark(actor, content, { kind: 'unit', unit });
  const other = await open();
  await stages.show(other, beds);
  const otherContent = live.get(other.briefing).content ?? '';
  for (const wrong of [
    { kind: 'unit', unit: '10001' },
    { kind: 'period', period: '2020-01-01T00:00:00Z' },
  ] as const)
    await assert.rejects(stages.mark(other, otherContent, wrong), { reason: 'bad-request' });
  await stages.mark(actor, content, { kind: 'period', period });
  await mark('79');
  await assert.rejects(mark('79'), { reason: 'rate-limited' });
  await stages.mark(actor, content, null);
  assert.equal(live.get(actor.briefing).what?.mark, null, 'that it is gone is always told');
  const moderator = { briefing: actor.briefing, account: accountOf(world.moderator) };
  await assert.rejects(stages.mark(moderator, content, null), { reason: 'forbidden' });
  await stages.clear(actor);
  await assert.rejects(stages.mark(actor, content, null), { reason: 'conflict' });
});

test('FG23 FG28 whoever is in the briefing has what is staged as long as it is; after a clear or its end nobody does', async () => {
  const actor = await open();
  const { briefing } = actor;
  const { stages, live, learn, store } = node;
  const commune = accountOf(world.seats[0] as OfficialWorld['pm']);
  await stages.show(actor, beds);
  const content = live.get(briefing).content ?? '';
  assert.deepEqual(await stages.content(commune, briefing, content), await store.content(content));
  await assert.rejects(stages.content(commune, briefing, 'f'.repeat(64)), { reason: 'not-found' });
  const first = { from: 0, most: 1 };
  await assert.rejects(stages.units(commune, briefing, content, first), { reason: 'not-found' }, 'none by name');
  await node.programme.set({ ...actor, role: 'principal' } as never, { content: null });
  await assert.rejects(stages.content(commune, briefing, content), { reason: 'not-found' });
  await stages.show(actor, { ...beds, view: 'series' });
  const second = live.get(briefing).content ?? '';
  await stages.clear(actor);
  await assert.rejects(stages.content(commune, briefing, second), { reason: 'not-found' });
  await stages.show(actor, beds);
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  await learn(briefing);
  await stages.sweep();
  await assert.rejects(stages.content(commune, briefing, live.get(briefing).content ?? content), {
    reason: 'not-found',
  });
  assert.deepEqual((await acts(briefing)).at(-1)?.act, 'clear', 'it ends on record');
  assert.equal((await acts(briefing)).at(-1)?.account, null);
  assert.equal((await store.read(briefing)).what, null);
});

test('FG28 what a briefing left on its stage long ago is cleared by whoever starts, and is not looked for all the time', async () => {
  const actor = await open();
  const { briefing } = actor;
  await node.stages.sweep();
  await node.stages.show(actor, beds);
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  assert.deepEqual(await node.store.left(3_600_000), [briefing]);
  await world.postgres.query(`UPDATE briefings SET closed_at = closed_at - interval '2 hours' WHERE id = $1`, [
    briefing,
  ]);
  assert.deepEqual([await node.store.left(3_600_000), await node.store.left()], [[], [briefing]]);
  await node.stages.sweep();
  assert.equal((await acts(briefing)).at(-1)?.act, 'show');
  await (await stageNode(world, clock)).stages.sweep();
  assert.equal((await acts(briefing)).at(-1)?.act, 'clear');
});
