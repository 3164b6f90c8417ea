import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { FigureUploads } from '../../src/domain/figure/upload/FigureUploads.ts';
import type { UploadFile } from '../../src/domain/figure/upload/readUpload.ts';
import type { FigureSource } from '../../src/protocol/figureDefinition.ts';
import type { Account, Role } from '../../src/protocol/organisation.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const offices: FigureSource = { ...ministry, code: 'offices', name: 'Văn phòng', kind: 'upload' };

let stores: TestStores;
let world: OfficialWorld;
let uploads: FigureUploads;
const told: number[] = [];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
  await definitions.putSource(offices, by);
  const loaded = await definitions.load();
  const tree = () => world.units.index;
  const store = new PgFigureIntake(world.postgres);
  const intake = new FigureIntake({ store, tree, committed: (n) => told.push(n) });
  uploads = new FigureUploads({ intake, definitions: () => loaded, tree });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const somebody = (role: Role, unit: string): Account => {
  const { path, name } = world.units.get(unit);
  return { id: randomUUID(), name: 'Trần Văn C', role, unit: { code: unit, path, name } } as unknown as Account;
};
const file = (text: string): (() => Promise<UploadFile>) => {
  return async () => ({ bytes: Buffer.from(text), format: 'csv', style: 'vi' });
};
const day = '2026-08-01';
const first = file(`unit;period;beds-free\n10001;${day};1.200\n10002;${day};7\n10003;${day};x\n`);

test('FG74 a file is tried first, and tells what is new, and what is wrong with which cell', async () => {
  const plan = await uploads.plan(somebody('moderator', 'vn'), 'offices', first);
  assert.deepEqual([plan.fresh, plan.changed, plan.unchanged, plan.held, plan.refused], [2, 0, 0, 0, 1]);
  assert.deepEqual(
    plan.errors.map(({ row, column, value }) => [row, column, value]),
    [[4, 'value', 'x']],
  );
  assert.equal(told.length, 0);
  assert.deepEqual(await world.postgres.query('SELECT FROM observations'), []);
});

test('FG74 what is good of it is recorded as of its source, by the name of who handed it in, once under its key', async () => {
  const key = randomUUID();
  const official = somebody('principal', 'vn');
  const answer = await uploads.record(official, 'offices', first, { key, reason: 'bổ sung' });
  assert.deepEqual([answer.accepted, answer.refused, told], [2, 1, [answer.n]]);
  assert.deepEqual((await uploads.record(official, 'offices', first, { key, reason: 'bổ sung' })).n, answer.n);
  await assert.rejects(
    uploads.record(official, 'offices', file('unit;period;beds-free\n10001;2026-08-01;1\n'), { key }),
    {
      reason: 'conflict',
    },
  );
  const [batch] = await world.postgres.query('SELECT source, by_name, reason FROM figure_batches');
  assert.deepEqual(batch, { source: 'offices', by_name: 'Trần Văn C', reason: 'bổ sung' });
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG83 an answer says when by the clock of the record, the same one again under its key, and a trial says none', async () => {
  const key = randomUUID();
  const official = somebody('principal', 'vn');
  const beds = file(`unit;period;beds-free\n10002;2026-07-31;7\n`);
  assert.equal('at' in (await uploads.plan(official, 'offices', beds)), false);
  const { n, at } = await uploads.record(official, 'offices', beds, { key });
  const [batch] = await world.postgres.query<{ at: Date }>('SELECT at FROM figure_batches WHERE n = $1', [n]);
  assert.equal(at, batch?.at.toISOString());
  assert.equal((await uploads.record(official, 'offices', beds, { key })).at, at);
  const again = await uploads.record(official, 'offices', beds, { key: randomUUID() });
  assert.deepEqual([again.n, again.unchanged, typeof again.at], [null, 1, 'string']);
});

test('FG74 what a file changes stands with the value of before, the largest jumps first', async () => {
  const second = file(`unit;period;beds-free\n10001;${day};1.201\n10002;${day};70\n10003;${day};3\n`);
  const plan = await uploads.plan(somebody('moderator', 'vn'), 'offices', second);
  assert.deepEqual([plan.fresh, plan.changed, plan.late], [1, 2, 2]);
  assert.deepEqual(
    plan.moves.map(({ unit, name, from, to }) => [unit, name, from, to]),
    [
      ['10002', 'Phường Hai', 7, 70],
      ['10001', 'Phường Một', 1_200, 1_201],
    ],
  );
});

test('FG18 FG74 what was due is corrected by a file with a reason, and without one that row is refused', async () => {
  const official = somebody('moderator', 'vn');
  const changed = file(`unit;period;beds-free\n10001;${day};1.201\n10003;${day};3\n`);
  const silent = await uploads.record(official, 'offices', changed, { key: randomUUID() });
  assert.deepEqual([silent.accepted, silent.errors.map(({ reason }) => reason)], [1, ['no-reason']]);
  const told = await uploads.record(official, 'offices', changed, { key: randomUUID(), reason: 'nhập nhầm' });
  assert.deepEqual([told.accepted, told.unchanged, told.refused], [1, 1, 0]);
});

test('FG70 FG74 only leaders of the whole territory of a source hand files in, and only for one by upload', async () => {
  const plan = (who: Account, source: string) => uploads.plan(who, source, first);
  await assert.rejects(plan(somebody('moderator', '79'), 'offices'), { reason: 'outside-territory' });
  await assert.rejects(plan(somebody('seat', '10001'), 'offices'), { reason: 'forbidden' });
  await assert.rejects(plan(somebody('operator', 'vn'), 'offices'), { reason: 'forbidden' });
  await assert.rejects(plan(somebody('moderator', 'vn'), 'moh'), { reason: 'forbidden' });
  await assert.rejects(plan(somebody('moderator', 'vn'), 'nobody'), { reason: 'not-found' });
});
