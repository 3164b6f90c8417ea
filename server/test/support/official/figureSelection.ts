import { randomUUID } from 'node:crypto';
import type { SelectionDraft } from '../../../src/domain/figure/selection/ports.ts';
import type { SelectedUnit } from '../../../src/protocol/figureSelection.ts';
import { PgSelections } from '../../../src/store/postgres/figure/selection/PgSelections.ts';
import { freeBeds } from './figure.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Units that were chosen by a figure, one of them without a value. */
export async function chooseByFigure(world: OfficialWorld): Promise<void> {
  const { postgres, pm, units } = world;
  const chosen = (unit: string, value: number | null): SelectedUnit => ({
    ...{ unit, path: `vn.79.${unit}`, name: units.get(unit).name, value, state: 'held' },
    until: value === null ? null : '2026-08-31T17:00:00.000Z',
  });
  const draft: SelectionDraft = {
    ...{ key: randomUUID(), indicator: { ...freeBeds, version: 1 }, period: Date.parse('2026-08-30T17:00:00Z'), n: 3 },
    ...{ nAt: Date.now(), root: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, rule: { is: 'held' }, except: ['10003'] },
    ...{ by: { account: pm.id, name: pm.name, unit: 'vn' }, briefing: await world.liveBriefing() },
    units: [chosen('10001', 12), chosen('10002', null)],
  };
  await new PgSelections(postgres).freeze(draft, () => undefined);
}
