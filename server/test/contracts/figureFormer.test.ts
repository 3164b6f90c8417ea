import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { FigureService } from '../../src/domain/figure/FigureService.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { periodOf } from '../../src/domain/figure/periods.ts';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import { parseRoster, parseSuccessors, parseUnits } from '../../src/domain/organisation/rosterCsv.ts';
import { successorFaults } from '../../src/domain/organisation/successors.ts';
import type { FigureFrame } from '../../src/protocol/figureFrame.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { replaceSuccessors, withdrawSuccessors } from '../../src/store/postgres/organisation/PgSuccessors.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { PgPeopleActs } from '../../src/store/postgres/organisation/peopleActs.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const by = { account: null, name: 'dh figures' };
const DAY_MS = 86_400_000;
/** The day on which units are closed, and the one before it. */
const today = periodOf('day', Date.now());
const yesterday = today - DAY_MS;
const dayOf = (moment: number): string => new Date(moment + 7 * 3_600_000).toISOString().slice(0, 10);

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const take = async (period: number, values: Readonly<Record<string, number>>): Promise<number> => {
  const rows = Object.entries(values).map(([unit, value], i) => ({
    ...{ row: i + 1, indicator: 'beds-free', unit, period: dayOf(period), value: `${value}` },
  }));
  const ask = { key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  const answer = await new PgFigureIntake(world.postgres).take({ ...ask, source: ministry, rows }, world.units.index);
  assert.equal(answer.accepted, rows.length, JSON.stringify(answer));
  return answer.n ?? 0;
};
const node = async () => {
  const store = new PgFigureReader(world.postgres);
  const live = new LiveFigures({ store, units: () => world.units.index.units, clock: { now: () => new Date() } });
  await live.reload();
  const cards = new FigureCards(live);
  const service = new FigureService({ live, cards, store, tree: () => world.units.index });
  const frame = async (root: string, period: number, n: number): Promise<FigureFrame> => {
    const account: Account = { id: randomUUID(), name: 'A', role: 'principal', unit: world.units.get('vn') };
    const ask = { indicator: 'beds-free', period: new Date(period).toISOString(), n, root };
    return JSON.parse((await service.frame(account, ask)).toString());
  };
  return { live, cards, frame, service };
};
const successors = async (csv: string): Promise<void> => {
  const rows = parseSuccessors(csv);
  await replaceSuccessors(world.postgres, { file: 'sap-nhap.csv', rows }, (versions) =>
    successorFaults(versions, rows),
  );
  await world.units.refresh();
};

test('FG61 FG62 of units that were merged the figures of before stand at whoever took their place, and are marked', async () => {
  const n = await take(yesterday, { '10001': 100, '10002': 31, '10003': 8 });
  const then = await (await node()).frame('vn', yesterday, n);
  const closing = ['10001', '10002'].map((code) => `${code},79,commune,Cũ,2020-01-01,${dayOf(today)}`);
  const roster = `code,parent,tier,name,valid_from,valid_to\n10009,79,commune,Mới,${dayOf(today)},\n${closing.join('\n')}\n`;
  await new PgUnits(world.postgres).change((now) => planRoster(now, [], parseRoster(roster)));
  await world.units.refresh();
  const lost = await (await node()).frame('vn', yesterday, n);
  assert.equal(lost.upper[0]?.value, 8, 'nobody has said yet who took their place');

  await successors('unit,successor,share\n10001,10009,3\n10001,10003,1\n10002,10009,1\n');
  const acts = await new PgPeopleActs(world.postgres).of('vn', 1);
  assert.deepEqual(
    acts.map(({ what, by: account }) => [what.act, account]),
    [['units.succeeded', null]],
  );
  const { live, cards, frame, service } = await node();
  const now = await frame('vn', yesterday, n);
  assert.deepEqual(
    now.units.map((path, i) => [path, now.values[i]]),
    [
      ['vn.79.10003', 33],
      ['vn.79.10009', 106],
    ],
  );
  assert.deepEqual(now.former, [0, 1]);
  const { value, coverage } = then.upper[0] ?? {};
  assert.deepEqual([now.upper[0]?.value, now.upper[0]?.coverage, now.upper[0]?.closed], [value, coverage, 3]);
  const one = await frame('10009', yesterday, n);
  assert.deepEqual([one.values, one.upper[0]?.coverage.expected], [[106], 2]);

  await take(today, { '10009': 50 });
  await live.reload();
  const card = cards.card('beds-free', live.layout.placeOf('vn') ?? -1);
  assert.deepEqual([card?.value, card?.breaks], [83, [27]]);
  const pm: Account = { id: randomUUID(), name: 'A', role: 'principal', unit: world.units.get('vn') };
  const series = (periods: number) => service.series(pm, { indicator: 'beds-free', unit: 'vn' }, periods);
  assert.deepEqual((await series(28)).breaks, [new Date(today).toISOString()]);
  assert.deepEqual((await series(1)).breaks, [], 'nothing is before it');
  const lines = await service.series(pm, { indicator: 'beds-free', unit: '10003' }, 28);
  assert.deepEqual(lines.breaks, [], 'that of a unit stays at its code');
});

test('FG77 a row of a merged unit is refused with the name of whoever took its place, also when that was closed in turn', async () => {
  const rows = ['10001', '10002'].map((unit, i) => ({
    ...{ row: i + 1, indicator: 'beds-free', unit, period: dayOf(today), value: '1' },
  }));
  const ask = { key: randomUUID(), mode: 'partial', dryRun: true, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  const refused = async (): Promise<string[]> => {
    const intake = new PgFigureIntake(world.postgres);
    const { errors } = await intake.take({ ...ask, source: ministry, rows }, world.units.index);
    return errors.map(({ reason, say }) => `${reason}: ${say.vi.split(': ')[1]}`);
  };
  const name = (code: string) => `${world.units.get(code).name} (${code})`;
  assert.deepEqual(await refused(), [
    `closed-unit: ${name('10003')}, ${name('10009')}`,
    `closed-unit: ${name('10009')}`,
  ]);
  await world.postgres.query(`UPDATE unit_successors SET successor = '10001' WHERE unit = '10002'`);
  assert.equal((await refused())[1], `closed-unit: ${name('10003')}, ${name('10009')}`);
  await world.postgres.query(`UPDATE unit_successors SET successor = '10009' WHERE unit = '10002'`);
});

test('FG168 a row of a merged unit for a period before it was closed is taken at its code, and counts where it counted before', async () => {
  const sum = async () => {
    const { frame, live } = await node();
    return (await frame('vn', yesterday, live.n)).upper[0]?.value;
  };
  assert.equal(await sum(), 139);
  await take(yesterday, { '10002': 41 });
  assert.equal(await sum(), 149);
  await take(yesterday, { '10002': 31 });
  assert.equal(await sum(), 139);
});

test('FG167 a row of a living code for a period before the roster knows it is refused with that reason', async () => {
  const rows = [{ row: 1, indicator: 'beds-free', unit: '10009', period: dayOf(yesterday), value: '1' }];
  const ask = { key: randomUUID(), mode: 'partial', dryRun: true, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  const { errors } = await new PgFigureIntake(world.postgres).take(
    { ...ask, source: ministry, rows },
    world.units.index,
  );
  assert.deepEqual(
    errors.map(({ reason }) => reason),
    ['other-unit'],
  );
});

test('FG61 who took the place of a unit is taken back: its figures are in no sum of today any more, and that is on record', async () => {
  const kept = () => world.postgres.query('SELECT unit, successor, share FROM unit_successors ORDER BY 1, 2');
  const before = await kept();
  const sum = async () => {
    const { frame, live } = await node();
    return (await frame('vn', yesterday, live.n)).upper[0]?.value;
  };
  const withdrawn = async (csv: string) => {
    await withdrawSuccessors(world.postgres, { file: 'nham.csv', units: parseUnits(csv) });
    await world.units.refresh();
  };
  assert.equal(await sum(), 139);
  const unknown = withdrawn('unit\n10002\n10003\n');
  await assert.rejects(unknown, { message: 'nobody is on record who took the place of 10003' });
  assert.deepEqual(await kept(), before, 'all of it or nothing');
  await withdrawn('unit,successor\n10002,10009\n10002,\n');
  assert.equal(await sum(), 108);
  const [act] = await new PgPeopleActs(world.postgres).of('vn', 1);
  assert.ok(act?.what.act === 'units.successors-withdrawn');
  assert.deepEqual([act.what.file, act.what.units, act.by], ['nham.csv', 1, null]);
  await successors('unit,successor\n10002,10009\n');
  assert.deepEqual([await sum(), await kept()], [139, before]);
});

test('FG61 nobody takes the place of a unit that is there, of themselves, or of one that closed after them', async () => {
  const kept = () => world.postgres.query('SELECT unit, successor, share FROM unit_successors ORDER BY 1, 2');
  const before = await kept();
  const wrong = '10003,10009\n10001,10002\n10001,79\n10001,nowhere\n10001,10009\n10001,10009\n';
  await assert.rejects(successors(`unit,successor\n${wrong}`), (error: Error) => {
    const said = [/10003 is not closed/, /10002 was closed/, /79 has units below it/, /no unit nowhere/, /already/];
    for (const [i, line] of error.message.split('\n').entries()) assert.match(line, said[i] ?? /^$/);
    return true;
  });
  assert.deepEqual(await kept(), before);
});
