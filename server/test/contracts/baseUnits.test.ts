import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import type { EntryAsk } from '../../src/domain/rollcall/entryRules.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let rounds: RoundsUnderLaw;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  rounds = new RoundsUnderLaw(new PgRounds(world.postgres));
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const hamlet = { id: 'hamlet', rank: 3, name: 'Thôn', nameEn: 'Hamlet' };
/** The unit 20001 below the commune 10003. */
async function change(validTo: string | null): Promise<void> {
  const row = { line: 2, code: '20001', parent: '10003', tier: 'hamlet', name: 'Thôn Một', validFrom: '2025-01-01' };
  await new PgUnits(world.postgres).change((now) => planRoster(now, [hamlet], [{ ...row, validTo }]));
  assert.equal(await world.units.refresh(), true);
}
const open = (briefing: string, scope = ['vn'], former?: Parameters<RoundsUnderLaw['open']>[1]) => {
  const wanted: NewRound = {
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope, seconds: 60, lateSeconds: 60, repromptSeconds: 30 },
    ...{ answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
    by: { account: world.pm.id, name: world.pm.name },
  };
  return rounds.open(wanted, former).then(({ opened }) => opened);
};
const askedBy = ({ units }: Awaited<ReturnType<typeof open>>) => units.map(({ unit }) => unit).join(' ');
async function answer(briefing: string, round: string, unit: string): Promise<void> {
  const by = { account: world.pm.id, name: 'x', identity: `${unit}.a`, address: '10.0.0.1' };
  const said = { kind: 'answer', answerer: 'chair', name: null, note: null, challenge: null } as const;
  const ask: EntryAsk = { round, unit, key: randomUUID(), by, received: new Date(), ...said };
  const [outcome] = await rounds.enter(briefing, [ask]);
  assert.ok(outcome && 'record' in outcome, JSON.stringify(outcome));
}

test('UN6 RC1 BR4 a unit that gets its first unit below it while a round is open answers on; the new one is asked from the next briefing on', async () => {
  const running = await world.liveBriefing();
  const round = await open(running);
  assert.equal(askedBy(round), '10001 10002 10003');
  await change(null);
  await answer(running, round.round.id, '10003');
  assert.equal(askedBy(await open(running)), '10001 10002 10003');
  await assert.rejects(open(running, ['vn.79.10003.20001']), { reason: 'bad-request' });
  assert.equal(askedBy(await open(await world.liveBriefing())), '10001 10002 20001');
});

test('UN6 RC1 RC5 a unit that loses its last unit below it is asked from the next briefing on; what was closed stays on the list', async () => {
  const running = await world.liveBriefing();
  const round = await open(running);
  await change('2025-07-01');
  assert.equal(askedBy(await open(running)), '10001 10002 20001');
  for (const unit of ['10001', '10002']) await answer(running, round.round.id, unit);
  const again = await open(running, ['vn'], { round: round.round.id, whom: 'missing' });
  assert.equal(askedBy(again), '20001');
  assert.equal(askedBy(await open(await world.liveBriefing())), '10001 10002 10003');
});
