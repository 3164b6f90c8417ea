import { createHash } from 'node:crypto';
import { endShow, showDeck, turnTo } from '../../../src/domain/slides/shows.ts';
import { PgSlides } from '../../../src/store/postgres/slides/PgSlides.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** A deck of two pages, complete. @returns its id */
export async function preparedDeck({ postgres, pm }: OfficialWorld, briefing: string, source: string): Promise<string> {
  const store = new PgSlides(postgres);
  const deck = await store.addDeck(briefing, { source: sha256Of(source), title: 'Số liệu', size: 2 }, pm.id, 50);
  if (!deck) throw new Error('no deck was made');
  for (const nr of [1, 2]) {
    const bytes = Buffer.from(`page ${nr}`);
    const sha256 = sha256Of(`page ${nr}`);
    await store.keepImage({ sha256, type: 'image/png', bytes, by: pm.id });
    const size = { width: 1920, height: 1080, text: '' };
    await store.setPage(deck.id, nr, { wide: sha256, narrow: sha256, ...size });
  }
  return deck.id;
}

/** It is shown, turned and ended. */
export async function showSlides(world: OfficialWorld): Promise<void> {
  const { postgres, pm } = world;
  const briefing = await world.liveBriefing();
  const store = new PgSlides(postgres);
  const deck = await preparedDeck(world, briefing, 'deck');
  const by = { account: pm.id, name: pm.name };
  await store.change({ briefing, deck, by }, (moment) => showDeck(moment, 1));
  await store.change({ briefing, by }, (moment) => turnTo(moment, deck, 2));
  await store.change({ briefing, by }, endShow);
}
