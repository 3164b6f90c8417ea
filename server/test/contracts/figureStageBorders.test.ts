import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { Borders } from '../../src/protocol/figureBorders.ts';
import { groundPieceSchema, groundSchema } from '../../src/protocol/figureGround.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFigureBorders } from '../../src/store/postgres/figure/PgFigureBorders.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { type StageNode, stageNode } from '../support/stageNode.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: OfficialWorld;
let node: StageNode;
const clock = { now: () => new Date('2026-08-10T12:00+07:00') };
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
  const row: FigureRow = { row: 1, indicator: 'beds-free', unit: '10001', period: '2026-08-10', value: '12' };
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  await new PgFigureIntake(world.postgres).take({ ...ask, source: ministry, rows: [row] }, world.units.index);
  node = await stageNode(world, clock);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const beds = { indicator: 'beds-free', root: 'vn', depth: 'provinces', view: 'map' } as const;
const open = async () => {
  const briefing = await world.liveBriefing();
  await node.learn(briefing);
  const account: Account = { ...world.pm, unit: world.units.get(world.pm.unit) };
  return { briefing, account };
};
/** A square for each unit that reports. @param ratio by which they are known from others */
async function give(ratio: number): Promise<void> {
  const { index } = world.units;
  const leaves = index.units.filter(({ code }) => index.children(code).length === 0);
  const borders: Borders = {
    ...{ ratio, steps: 100, arcs: leaves.map((_, i) => [2 * i, 0, 1, 0, 0, 1, -1, 0, 0, -1]) },
    units: leaves.map(({ code }, i) => ({ code, rings: [[i]] })),
  };
  await new PgFigureBorders(world.postgres).put(JSON.stringify(borders), leaves.length);
}
const groundAt = ({ live, grounds }: StageNode, briefing: string) => {
  const { version, content } = live.get(briefing);
  return grounds.of({ briefing, version, content: content ?? '', root: 'vn', depth: 'provinces' });
};

test('FG121 FG122 FG23 FG28 borders of what is on the stage go to whoever is in the briefing, as long as it is there, at any node', async () => {
  await give(1);
  const actor = await open();
  const { briefing, account } = actor;
  await node.stages.show(actor, beds);
  const sha256 = (await groundAt(node, briefing)) ?? '';
  const other = await stageNode(world, clock);
  await other.learn(briefing);
  await other.programme.sweep();
  const query = { from: 0, most: 16_384 };
  const piece = groundPieceSchema.parse(
    JSON.parse((await other.stages.ground(account, briefing, sha256, query)).toString()),
  );
  const ground = groundSchema.parse(JSON.parse(piece.text));
  assert.deepEqual(
    ground.units.map(({ code }) => code),
    world.units.index.children('vn').map(({ code }) => code),
  );
  await assert.rejects(other.stages.ground(account, briefing, 'c'.repeat(64), query), { reason: 'not-found' });
  await give(2);
  await node.stages.mark(actor, node.live.get(briefing).content ?? '', { kind: 'unit', unit: '79' });
  const late = await stageNode(world, clock);
  await late.live.ensure(briefing);
  assert.deepEqual(
    await Promise.all([node, late].map((each) => groundAt(each, briefing))),
    [sha256, sha256],
    'FG122 a node that begins afterwards draws by those that were the newest then',
  );
  await node.stages.clear(actor);
  await assert.rejects(node.stages.ground(account, briefing, sha256, query), { reason: 'not-found' });
  await node.stages.show(actor, beds);
  const next = await groundAt(node, briefing);
  assert.ok(next && next !== sha256, 'what is shown next is drawn by the newest');
  await late.learn(briefing);
  await late.live.hint(node.live.get(briefing));
  assert.equal(await groundAt(late, briefing), next);
});

test('FG122 borders of the same millisecond as a show, and after it, are not those that were the newest then', async () => {
  await give(3);
  const actor = await open();
  const { briefing } = actor;
  await node.stages.show(actor, beds);
  const sha256 = await groundAt(node, briefing);
  await give(4);
  await world.postgres.query(
    `UPDATE figure_borders SET at = (SELECT at FROM figure_stage_acts WHERE briefing = $1) + interval '400 microseconds'
     WHERE id = (SELECT max(id) FROM figure_borders)`,
    [briefing],
  );
  const late = await stageNode(world, clock);
  await late.live.ensure(briefing);
  assert.equal(await groundAt(late, briefing), sha256);
});

test('FG122 borders that are given while figures are shown are waited for, since they may be those that were the newest', async () => {
  await give(5);
  const LOCK = 4_711;
  const owner = await Postgres.create(stores.databaseUrl, () => undefined, 1);
  await owner.query(`CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF date_trunc('milliseconds', clock_timestamp()) <= NEW.at THEN RAISE 'they are there in the millisecond of their time'; END IF;
    PERFORM pg_advisory_xact_lock(${LOCK});
    RETURN NULL; END $$`);
  await owner.query(`CREATE CONSTRAINT TRIGGER held_up AFTER INSERT ON figure_borders DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION held_up()`);
  await owner.close();
  const waiting = async (count: number) => {
    const [row] = await world.postgres.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return row?.count === count;
  };
  const actor = await open();
  const { briefing } = actor;
  const { giving, asked } = await world.postgres.transaction(async (sql) => {
    await sql.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const given = give(6);
    await until('they are given, and not there yet', () => waiting(1));
    await node.stages.show(actor, beds);
    const asking = { isOver: false };
    const ground = groundAt(node, briefing).finally(() => {
      asking.isOver = true;
    });
    await until('a node has looked for them, or waits', async () => asking.isOver || (await waiting(2)));
    return { giving: given.then(() => undefined), asked: ground.then((sha256) => ({ sha256 })) };
  });
  await giving;
  const late = await stageNode(world, clock);
  await late.live.ensure(briefing);
  assert.equal((await asked).sha256, await groundAt(late, briefing));
});
