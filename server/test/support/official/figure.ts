import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FormAsk } from '../../../src/domain/figure/form/facts.ts';
import { keptFrame } from '../../../src/domain/figure/kept/keptFrame.ts';
import { periodOf } from '../../../src/domain/figure/periods.ts';
import { hashOfReaderKey, newReaderKey } from '../../../src/domain/figure/reading/ReaderKeys.ts';
import { hashOfKey, newSourceKey } from '../../../src/domain/figure/SourceKeys.ts';
import type { StoredAccount } from '../../../src/domain/organisation/ports.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../../src/protocol/figureDefinition.ts';
import type { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureActs } from '../../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureForm } from '../../../src/store/postgres/figure/PgFigureForm.ts';
import { PgFigureFrames } from '../../../src/store/postgres/figure/PgFigureFrames.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../../src/store/postgres/figure/PgFigureReader.ts';
import { PgFigureReaders } from '../../../src/store/postgres/figure/PgFigureReaders.ts';
import { PgSourceKeys } from '../../../src/store/postgres/figure/PgSourceKeys.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

export const freeBeds: Omit<Indicator, 'version'> = {
  ...{ code: 'beds-free', name: { vi: 'Giường trống', en: 'Free beds' }, unit: { vi: 'giường', en: 'beds' } },
  ...{ scale: 0, kind: 'stock', every: 'day', up: 'sum', dueSeconds: 3_600, staleSeconds: 172_800 },
  ...{ bounds: { hard: [0, 100_000], soft: [0, 10_000] }, mayStage: true, simulated: false },
};
export const ministry: FigureSource = {
  ...{ code: 'moh', name: 'Bộ Y tế', rank: 1, root: 'vn', indicators: ['beds-free'], simulated: false },
};

/** By which units type in themselves. */
export const communes: FigureSource = {
  ...{ code: 'communes', name: 'Đơn vị tự nhập', rank: 2, root: 'vn', indicators: ['beds-free'], simulated: false },
  kind: 'form',
};

/** What somebody of a unit types in, of the day of this moment. */
export const typedIn = (unit: string, value: string | null, more: Partial<FormAsk> = {}): FormAsk => ({
  ...{ key: randomUUID(), source: communes.code, unit, path: `vn.79.${unit}` },
  values: [{ indicator: 'beds-free', period: new Date().toISOString(), value }],
  by: {
    account: randomUUID(),
    name: 'Chủ tịch',
    identity: `${unit}.a`,
    person: { name: 'Lê Thị B', title: 'Văn thư' },
  },
  ...more,
});

/** An indicator, sources, a key, a batch that is counted and held in part, what a unit types in, and acts on values. */
export async function sendFigures({ postgres, pm, units, seats }: OfficialWorld): Promise<void> {
  const definitions = new PgFigureDefinitions(postgres);
  const by = { account: pm.id, name: pm.name };
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
  await new PgSourceKeys(postgres).add(ministry.code, hashOfKey(newSourceKey()));
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await new PgFigureReaders(postgres).add(
    { code: 'gso', name: 'Cục Thống kê', root: 'vn', indicators: [freeBeds.code], until },
    hashOfReaderKey(newReaderKey()),
    { by: 'dh figures readers', root: 'vn', defined: new Map([[freeBeds.code, { ...freeBeds, version: 1 }]]) },
  );
  const row = (nr: number, value: string): FigureRow => ({
    ...{
      row: nr,
      indicator: 'beds-free',
      unit: `1000${nr}`,
      period: '2026-08-31',
      value,
      seen: '2026-08-31T07:00:00Z',
    },
  });
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, reason: 'bù số liệu', by: 'Bộ Y tế' } as const;
  const rows = [row(1, '12'), row(2, '99999'), row(9, '1')];
  await new PgFigureIntake(postgres).take({ source: ministry, rows, bodyHash: 'a'.repeat(64), ...ask }, units.index);
  await definitions.putSource(communes, by);
  await new PgFigureForm(postgres).enter(communes.code, [typedIn('10001', '14')], units.index);
  const acts = new PgFigureActs(postgres);
  const value = { indicator: 'beds-free', period: '2026-08-31T00:00:00+07:00', source: ministry.code, revision: 1 };
  const account = ({ unit, ...one }: StoredAccount) => ({ ...one, unit: units.get(unit) });
  const held = { values: [{ ...value, unit: '10002' }] };
  const seat = account(seats[0] as StoredAccount);
  const own = { values: [{ ...value, unit: '10001' }] };
  await acts.act({ key: randomUUID(), act: 'reject', reason: 'không đúng', of: held }, account(pm), units.index);
  await acts.act({ key: randomUUID(), act: 'contest', of: own }, seat, units.index);
  await keepFrame(postgres, 'beds-free', '2026-08-31');
}

/** Of a day, as it is on record now. */
export async function keepFrame(postgres: Postgres, indicator: string, day: string): Promise<void> {
  const reader = new PgFigureReader(postgres);
  const period = periodOf('day', Date.parse(day));
  const span = { from: period, to: period, until: await reader.last() };
  const [rows, acts] = await Promise.all([reader.observations(indicator, span), reader.acts(indicator, span)]);
  const isMine = await new PgFigureFrames(postgres, () => undefined).keep(async () => [
    keptFrame({ indicator, period }, rows, acts),
  ]);
  assert.ok(isMine);
}
