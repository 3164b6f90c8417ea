import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LiveProgrammes } from '../../src/domain/programme/LiveProgrammes.ts';
import { ProgrammeService } from '../../src/domain/programme/ProgrammeService.ts';
import { LiveSlides } from '../../src/domain/slides/LiveSlides.ts';
import { SlideShows } from '../../src/domain/slides/SlideShows.ts';
import { PgProgramme } from '../../src/store/postgres/programme/PgProgramme.ts';
import { PgSlides } from '../../src/store/postgres/slides/PgSlides.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { preparedDeck } from '../support/official/slides.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

/** What a node has of slides, and of what all see beside people. */
function nodeOf({ postgres }: OfficialWorld) {
  const store = new PgSlides(postgres);
  const live = new LiveSlides(store);
  const programmes = new LiveProgrammes();
  const programme = new ProgrammeService({ store: new PgProgramme(postgres), live: programmes });
  const shows = new SlideShows({ store, live, briefing: () => undefined, programme: programmes });
  const sweep = () => Promise.all([live.sweep(), programme.sweep()]);
  return { live, programmes, shows, sweep };
}

test('SL13 which deck is shown and what all see beside people is one act, in one seal, whoever acts in the same moment', async () => {
  const briefing = await world.liveBriefing();
  const [one, other] = [nodeOf(world), nodeOf(world)];
  const { unit, ...pm } = world.pm;
  const actor = { briefing, account: { ...pm, unit: world.units.get(unit) } };
  const [first, second] = [await preparedDeck(world, briefing, 'một'), await preparedDeck(world, briefing, 'hai')];
  for (let round = 0; round < 6; round += 1) {
    await Promise.all([one.shows.show(actor, first, 1), other.shows.end(actor), other.shows.show(actor, second, 1)]);
    await Promise.all([other.shows.show(actor, first, 1), one.shows.end(actor)]);
    const { shown } = await new PgSlides(world.postgres).read(briefing);
    for (const { live, programmes, sweep } of [one, other]) {
      await sweep();
      assert.equal(live.get(briefing).shown?.deck, shown?.deck);
      assert.deepEqual(programmes.get(briefing)?.content, shown && { kind: 'slides', deck: shown.deck });
    }
  }
  const apart = await world.postgres.query(
    `SELECT s.seq FROM slide_acts s WHERE s.briefing = $1 AND NOT EXISTS (
       SELECT FROM programme_acts p WHERE p.briefing = s.briefing AND (p.chain, p.seal) = (s.chain, s.seal))`,
    [briefing],
  );
  assert.deepEqual(apart, []);
});
