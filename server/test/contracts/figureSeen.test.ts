import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decideIssue } from '../../src/domain/directive/issuing.ts';
import type { Draft } from '../../src/domain/directive/ports.ts';
import type { SeenIn } from '../../src/domain/figure/stage/StageFrames.ts';
import { startCall } from '../../src/domain/floor/calls.ts';
import type { FigureActAsk } from '../../src/protocol/figureAct.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgDirectives } from '../../src/store/postgres/directive/PgDirectives.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFloor } from '../../src/store/postgres/floor/PgFloor.ts';
import { PgMinutes } from '../../src/store/postgres/minutes/PgMinutes.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { chooseByFigure } from '../support/official/figureSelection.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { type StageNode, stageNode } from '../support/stageNode.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let node: StageNode;
const day = '2026-08-10';
const by = { account: null, name: 'dh figures' };
const beds = { indicator: 'beds-free', root: 'vn', depth: 'provinces', view: 'map' } as const;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
  await take({ 10001: '12', 10002: '30' });
  node = await stageNode(world, { now: () => new Date(`${day}T12:00+07:00`) });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

async function take(values: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(values).map(
    ([unit, value], i): FigureRow => ({ row: i + 1, indicator: 'beds-free', unit, period: day, value }),
  );
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  await new PgFigureIntake(world.postgres).take({ ...ask, source: ministry, rows }, world.units.index);
}
const accountOf = ({ unit, ...account }: OfficialWorld['pm']): Account => ({ ...account, unit: world.units.get(unit) });

async function direct(briefing: string, seen: SeenIn): Promise<string> {
  const { pm, postgres, units } = world;
  const addressees = units.index.baseUnits(['vn']).map(({ code, path, name }) => ({ unit: code, path, name }));
  const draft: Draft = {
    ...{ key: randomUUID(), issuer: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, title: 'Mở giường', text: 'Ngay.' },
    ...{ by: { account: pm.id, name: pm.name }, attachments: [], addressing: { to: ['vn'], except: [] }, briefing },
    ...{ deadline: null, supersedes: null, addressees: addressees.map((one) => ({ ...one, absentee: false })) },
  };
  return (await new PgDirectives(postgres, seen).issue(draft, (moment) => decideIssue(draft, moment))).directive.id;
}

async function call(briefing: string, unit: string, seen: SeenIn): Promise<string> {
  const caller = accountOf(world.pm);
  const ring = { id: randomUUID(), unit: world.units.get(unit), caller, seconds: 30, ringable: true };
  const record = { act: 'call.start', account: caller.id, unit, call: ring.id };
  await new PgFloor(world.postgres, seen).change(briefing, record, (moment) => startCall(moment, ring));
  return ring.id;
}

async function contest(briefing: string, seen: SeenIn): Promise<string> {
  const value = { indicator: 'beds-free', unit: '10001', period: `${day}T00:00:00+07:00`, source: 'moh', revision: 1 };
  const ask: FigureActAsk = { key: randomUUID(), act: 'contest', of: { values: [value] } };
  const seat = accountOf(world.seats[0] as OfficialWorld['pm']);
  await new PgFigureActs(world.postgres, seen).act(ask, seat, world.units.index, briefing);
  return ask.key;
}

const seenIn = (briefing: string) =>
  world.postgres.query<{ act: string; subject: string; content: string; n: number; second: number; version: number }>(
    `SELECT s.act, s.subject, s.content, s.n::float8, s.second, s.version::int FROM figure_seen_acts s
     WHERE s.briefing = $1 ORDER BY s.at, s.seal, s.leaf`,
    [briefing],
  );

test('FG103 what is ordered or asked while figures are before all names the frame that everybody had been told, kept once', async () => {
  const briefing = await world.liveBriefing();
  await node.learn(briefing);
  const actor = { briefing, account: accountOf(world.pm) };
  await call(briefing, '10003', await node.look(briefing));
  await node.stages.show(actor, beds);
  const seen = await node.look(briefing);
  await chooseByFigure(world, { briefing, seen });
  const made = [await call(briefing, '10001', seen), await direct(briefing, seen), await contest(briefing, seen)];
  const rows = await seenIn(briefing);
  assert.deepEqual(
    rows.map(({ act }) => act).toSorted(),
    ['call', 'contest', 'directive', 'round', 'selection'],
    'and what was done before is beside no figures',
  );
  assert.ok(made.every((subject) => rows.some((row) => row.subject === subject)));
  assert.equal(new Set(rows.map(({ content }) => content)).size, 1);
  assert.ok(rows.every(({ second, version }) => second >= 0 && version === 1));
  const bytes = (await node.store.content(rows[0]?.content ?? '')) ?? Buffer.alloc(0);
  assert.equal(createHash('sha256').update(bytes).digest('hex'), rows[0]?.content);
  assert.equal(JSON.parse(bytes.toString()).picture.value, 42);

  await take({ 10003: '5' });
  await node.figures.sweep();
  await call(briefing, '10002', seen);
  assert.equal((await seenIn(briefing)).at(-1)?.content, rows[0]?.content, 'nobody was told of it yet');
  const after = await direct(briefing, await node.look(briefing));
  const found = (await new PgMinutes(world.postgres).seen(briefing)).get(after);
  assert.deepEqual([found?.picture.value, found?.picture.coverage.expected], [47, 3]);
  assert.notEqual(found?.sha256, rows[0]?.content);

  await node.stages.clear(actor);
  await direct(briefing, await node.look(briefing));
  assert.equal((await seenIn(briefing)).length, 7, 'of an empty stage nothing is said');
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG116 what is shown, pointed at and cleared has the second of its briefing, sealed with it, and minutes read both', async () => {
  const briefing = await world.liveBriefing();
  await node.learn(briefing);
  const actor = { briefing, account: accountOf(world.pm) };
  await node.stages.show(actor, beds);
  await node.stages.mark(actor, node.live.get(briefing).content ?? '', { kind: 'unit', unit: '79' });
  await node.stages.clear(actor);
  const seconds = await world.postgres.query<{ act: string; isOwn: boolean }>(
    `SELECT a.act, s.second = floor(extract(epoch FROM a.at - b.live_at)) AND (s.chain, s.seal) = (a.chain, a.seal) AS "isOwn"
     FROM figure_stage_acts a JOIN figure_stage_seconds s USING (briefing, version) JOIN briefings b ON b.id = a.briefing
     WHERE a.briefing = $1 ORDER BY a.version`,
    [briefing],
  );
  assert.deepEqual(
    seconds.map(({ act, isOwn }) => [act, isOwn]),
    [
      ['show', true],
      ['mark', true],
      ['clear', true],
    ],
  );
  const { acts, more } = await new PgMinutes(world.postgres).staged(briefing, 1);
  assert.deepEqual(
    acts.map(({ act, mark, seen }) => [act, mark, seen?.picture.indicator.code]),
    [
      ['show', null, 'beds-free'],
      ['mark', { kind: 'unit', unit: '79' }, undefined],
    ],
  );
  assert.equal(more, 1, 'one show or clear, and one mark are told');
  assert.ok(acts.every(({ second }) => second !== null && second >= 0));

  await node.stages.show(actor, beds);
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  await world.postgres.query(
    `UPDATE briefings SET live_at = live_at - interval '3 hours', closed_at = live_at - interval '1 hour' WHERE id = $1`,
    [briefing],
  );
  await node.learn(briefing);
  await node.stages.sweep();
  const last = (await new PgMinutes(world.postgres).staged(briefing, 9)).acts.at(-1);
  assert.deepEqual([last?.act, last?.second], ['clear', 7200], 'found late, it left with the end');
});

test('FG103 units by name are what was put there, and figures that are behind something else are before nobody', async () => {
  const briefing = await world.liveBriefing();
  await node.learn(briefing);
  const actor = { briefing, account: accountOf(world.pm) };
  await node.stages.show(actor, { ...beds, depth: 'communes', confirmed: 3 });
  await direct(briefing, await node.look(briefing));
  const [row] = await seenIn(briefing);
  assert.equal(row?.content, node.live.get(briefing).content);
  await node.programme.set({ ...actor, role: 'principal' } as never, { content: null });
  await direct(briefing, await node.look(briefing));
  assert.equal((await seenIn(briefing)).length, 1);
});
