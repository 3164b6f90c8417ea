import { stageNode } from '../stageNode.ts';
import { freeBeds } from './figure.ts';
import { chooseByFigure } from './figureSelection.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Figures that were sent in come on the stage, are pointed at and acted on, and leave it. */
export async function stageFigures(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const { stages, live, learn, look } = await stageNode(world);
  await learn(briefing);
  const actor = { briefing, account: { ...world.pm, unit: world.units.get('vn') } };
  await stages.show(actor, { indicator: freeBeds.code, root: 'vn', depth: 'communes', view: 'map', confirmed: 3 });
  await stages.mark(actor, live.get(briefing).content ?? '', { kind: 'unit', unit: '10001' });
  await chooseByFigure(world, { briefing, seen: await look(briefing) });
  await stages.show(actor, { indicator: freeBeds.code, root: 'vn', depth: 'provinces', view: 'map' });
  await chooseByFigure(world, { briefing, seen: await look(briefing) });
  await stages.clear(actor);
}
