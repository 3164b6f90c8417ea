import { randomUUID } from 'node:crypto';
import type { SelectionDraft } from '../../../src/domain/figure/selection/ports.ts';
import type { SeenIn } from '../../../src/domain/figure/stage/StageFrames.ts';
import type { SelectedUnit } from '../../../src/protocol/figureSelection.ts';
import { PgSelections } from '../../../src/store/postgres/figure/selection/PgSelections.ts';
import { PgRounds } from '../../../src/store/postgres/rollcall/PgRounds.ts';
import { RoundsUnderLaw } from '../RoundsUnderLaw.ts';
import { freeBeds } from './figure.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Units that were chosen by a figure, one of them without a value, and a round that asks these. */
export async function chooseByFigure(
  world: OfficialWorld,
  at?: { readonly briefing: string; readonly seen: SeenIn },
): Promise<void> {
  const { postgres, pm, units } = world;
  const chosen = (unit: string, value: number | null): SelectedUnit => ({
    ...{ unit, path: `vn.79.${unit}`, name: units.get(unit).name, value, state: 'held' },
    until: value === null ? null : '2026-08-31T17:00:00.000Z',
  });
  const briefing = at?.briefing ?? (await world.liveBriefing());
  const draft: SelectionDraft = {
    ...{ key: randomUUID(), indicator: { ...freeBeds, version: 1 }, period: Date.parse('2026-08-30T17:00:00Z'), n: 3 },
    ...{ nAt: Date.now(), root: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, rule: { is: 'held' }, except: ['10003'] },
    ...{ by: { account: pm.id, name: pm.name, unit: 'vn' }, briefing },
    units: [chosen('10001', 12), chosen('10002', null)],
  };
  const { id: selection } = await new PgSelections(postgres, at?.seen).freeze(draft, () => undefined);
  await new RoundsUnderLaw(new PgRounds(postgres, at?.seen)).open({
    ...{ briefing, key: randomUUID(), question: 'Vì sao?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
    ...{ repromptSeconds: 30, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
    ...{ selection, units: new Set(['10001', '10002']), by: { account: pm.id, name: pm.name } },
  });
}
