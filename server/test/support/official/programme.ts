import { choose, chooseItem } from '../../../src/domain/programme/choose.ts';
import { PgProgramme } from '../../../src/store/postgres/programme/PgProgramme.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Choices of a producer: what is shown, and which item of the agenda runs. */
export async function produce(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const store = new PgProgramme(world.postgres);
  const record = { act: 'programme.set', account: world.pm.id };
  await store.change(briefing, record, (m) => choose(m, { layout: { kind: 'gallery', most: 9 } }));
  const deck = '77777777-7777-4777-8777-777777777777';
  await store.change(briefing, record, (m) => choose(m, { content: { kind: 'slides', deck } }));
  const opening = { nr: 1, title: 'Khai mạc' };
  await store.changeItem(briefing, { ...record, act: 'programme.item' }, (m) => chooseItem(m, opening));
}
