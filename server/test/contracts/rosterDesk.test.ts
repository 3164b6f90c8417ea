import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { importRoster } from '../../../scripts/support/importRoster.ts';
import { RosterDesk } from '../../src/domain/organisation/RosterDesk.ts';
import { csvOf } from '../../src/domain/organisation/rosterCsv.ts';
import { rosterTable } from '../../src/domain/organisation/rosterWorkbook.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { toXlsx } from '../../src/domain/report/xlsx.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Role } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import type { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { PgPeopleActs } from '../../src/store/postgres/organisation/peopleActs.ts';
import { loadCountry } from '../support/country.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let units: Units;
let desk: RosterDesk;
let acts: PgPeopleActs;
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  const store: PgUnits = await loadCountry(postgres);
  units = await Units.create(store);
  acts = new PgPeopleActs(postgres);
  desk = new RosterDesk(store, acts, units, createLogger('silent'));
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const official = async (role: Role, unit: string) => {
  const account = await new PgAccounts(postgres).create({ name: `${role} ${unit}`, role, unit });
  const { code, path, tier, name } = units.get(unit);
  return { ...account, unit: { code, path, tier, name } };
};
const file = (...lines: string[]) => ({
  ...{ name: 'danh-ba.csv', format: 'csv' as const, what: 'roster' as const },
  bytes: Buffer.from(['code,parent,tier,name,valid_from,valid_to', ...lines].join('\n')),
});
const renamed = (code: string, name: string) => {
  const { parent, tier } = units.get(code);
  return `${code},${parent},${tier},${name},2025-07-01,`;
};

test('IM1 IM3 shown first, then done exactly so, once, and on record', async () => {
  const operator = await official('operator', 'vn');
  const wanted = file(renamed('26734', 'Phường Tân Định Mới'));
  const shown = await desk.plan(operator, wanted);
  assert.deepEqual([shown.wrong, shown.counts.changed], [0, 1]);
  assert.notEqual(units.get('26734').name, 'Phường Tân Định Mới', 'nothing is written yet');
  const key = randomUUID();
  await assert.rejects(desk.apply(operator, file(renamed('26734', 'Tên khác')), shown.plan, key), {
    reason: 'conflict',
  });
  const done = await desk.apply(operator, wanted, shown.plan, key);
  assert.equal(done.changed, 1);
  assert.equal(units.get('26734').name, 'Phường Tân Định Mới');
  assert.equal((await desk.apply(operator, wanted, shown.plan, key)).changed, 1, 'pressed twice');
  await assert.rejects(desk.apply(operator, wanted, shown.plan, randomUUID()), { reason: 'conflict' });
  const [act, ...others] = (await acts.of('vn', 10)).filter(({ what }) => what.act === 'roster.imported');
  assert.equal(others.length, 0);
  assert.deepEqual(act?.what, {
    ...{ act: 'roster.imported', file: 'danh-ba.csv', plan: shown.plan },
    ...{ opened: 0, changed: 1, moved: 0, closed: 0, contacts: 0, tiers: 0 },
  });
});

test('IM5 an operator of a province touches nothing outside of it, and nobody else imports at all', async () => {
  const operator = await official('operator', '79');
  const errors = async (...lines: string[]) =>
    (await desk.plan(operator, file(...lines))).errors.map(({ why, about }) => [why, about]);
  assert.deepEqual(await errors(renamed('00001', 'Cướp tên')), [['outside', '00001']]);
  assert.deepEqual(await errors('00004,760,commune,Dời vào,2025-07-01,'), [['outside', '00004']], 'nor takes one in');
  assert.deepEqual(await errors('26737,001,commune,Dời ra,2025-07-01,'), [['outside', '26737']], 'nor gives one away');
  assert.deepEqual(await errors('99999,001,commune,Mở ngoài,2025-07-01,'), [['outside', '99999']]);
  assert.deepEqual(await errors(renamed('26737', 'Của mình')), []);
  const tiers = { ...file(), what: 'tiers' as const, bytes: Buffer.from('id,rank,name,name_en\nx,9,X,X\n') };
  assert.deepEqual(
    (await desk.plan(operator, tiers)).errors.map(({ why }) => why),
    ['outside'],
  );
  for (const role of ['principal', 'moderator'] as const) {
    const other = await official(role, '79');
    await assert.rejects(desk.plan(other, file(renamed('26737', 'x'))), { reason: 'forbidden' });
    await assert.rejects(desk.apply(other, file(renamed('26737', 'x')), 'a'.repeat(64), randomUUID()), {
      reason: 'forbidden',
    });
    await assert.rejects(desk.cells(other), { reason: 'forbidden' });
  }
  assert.ok(!csvOf(await desk.cells(operator)).includes('\n00001,'), 'a file has the own territory alone');
});

test('IM3 what the command line imports is on record as well, as done by nobody with an account', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-roster-'));
  const roster = join(folder, 'xa.csv');
  await writeFile(roster, file(renamed('26737', 'Phường Đa Kao Mới')).bytes);
  assert.match(await importRoster(postgres, { roster }, true), /1 changed/);
  const newest = async () => (await acts.of('vn', 1))[0];
  const before = await newest();
  assert.notEqual(before?.by, null, 'to look is no act');
  assert.match(await importRoster(postgres, { roster }), /1 changed/);
  const act = await newest();
  assert.equal(act?.by, null);
  assert.ok(act?.what.act === 'roster.imported');
  assert.deepEqual([act.what.file, act.what.changed], ['xa.csv', 1]);
  assert.match(act.what.plan, /^[0-9a-f]{64}$/);
  await importRoster(postgres, { roster });
  assert.equal((await newest())?.id, act.id, 'what changes nothing is no act');
  await rm(folder, { recursive: true });
});

test('IM7 the file of a territory, as CSV or as a workbook, is imported again as it is', async () => {
  const operator = await official('operator', '79');
  const cells = await desk.cells(operator);
  assert.ok(cells.length > 2, 'there is something to read');
  const pieces: Buffer[] = [];
  for await (const piece of toXlsx(rosterTable(cells))) pieces.push(piece);
  for (const [name, format, bytes] of [
    ['a.xlsx', 'xlsx', Buffer.concat(pieces)],
    ['a.csv', 'csv', Buffer.from(csvOf(cells))],
  ] as const) {
    const { wrong, steps, errors } = await desk.plan(operator, { name, format, what: 'roster', bytes });
    assert.deepEqual([wrong, steps], [0, []], JSON.stringify(errors.slice(0, 3)));
  }
});

test('IM4 eleven thousand units are planned while other work goes on', async (t) => {
  const operator = await official('operator', 'vn');
  const bytes = Buffer.from(
    csvOf(await desk.cells(operator))
      .replaceAll(',Phường ', ',P. ')
      .replaceAll(/2021-01-01|2025-07-01/g, '2025-08-01'),
  );
  let turns = 0;
  const turn = setInterval(() => turns++, 1);
  const from = performance.now();
  const { counts, steps, wrong, errors } = await desk.plan(operator, { ...file(), bytes });
  clearInterval(turn);
  t.diagnostic(
    `${Math.round(performance.now() - from)} ms, ${turns} turns of a timer meanwhile, ${counts.changed} changed`,
  );
  assert.deepEqual([wrong, steps.length], [0, 500], JSON.stringify(errors));
  assert.ok(counts.changed > 1_000);
  assert.ok(turns > 20, `${turns} turns`);
});
