import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Units } from '../../../src/domain/organisation/Units.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../../src/protocol/figureDefinition.ts';
import type { FigureFrame } from '../../../src/protocol/figureFrame.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { TestNode } from '../../support/TestNode.ts';

let node: TestNode;
let meeting: Meeting;
let postgres: Postgres;
let units: Units;
let pm: ChannelClient;
let moderator: ChannelClient;
let commune: ChannelClient;
const beds: Omit<Indicator, 'version'> = { ...freeBeds, code: 'beds-watched' };
const source: FigureSource = { ...ministry, code: 'moh-watched', indicators: ['beds-watched'] };
before(async () => {
  node = await TestNode.create();
  postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 2);
  units = await Units.create(new PgUnits(postgres));
  const definitions = new PgFigureDefinitions(postgres);
  await definitions.putIndicator(beds, { account: null, name: 'dh figures' });
  await definitions.putSource(source, { account: null, name: 'dh figures' });
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
  commune = await meeting.commune(0);
});
after(async () => {
  meeting?.close();
  await postgres?.close();
  await node?.close();
});

/** As another node would: this one hears of it by its sweep. */
async function send(of: readonly string[], value: (i: number) => number) {
  const row = (unit: string, i: number): FigureRow => ({
    ...{ row: i + 1, indicator: beds.code, unit, period: new Date().toISOString(), value: `${value(i)}` },
  });
  const ask = { key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: 'a'.repeat(64), by: 'Bộ Y tế' } as const;
  const answer = await new PgFigureIntake(postgres).take({ ...ask, source, rows: of.map(row) }, units.index);
  assert.equal(answer.accepted, of.length, JSON.stringify(answer.errors[0]));
  return answer.n ?? 0;
}
const unitOf = ({ identity }: ChannelClient): string => identity.split('.')[0] ?? '';
const codes = (root: string) => units.index.baseUnits([root]).map(({ code }) => code);

test('FG23 FG24 FG47 whoever watches a territory is told of it with its coverage, few units one by one, and nobody beyond', async (t) => {
  const all = codes('vn');
  const home = unitOf(moderator);
  const inside = codes(units.get(home).path);
  const began = performance.now();
  const first = await send(all, () => 3);
  t.diagnostic(`${all.length} rows in ${Math.round(performance.now() - began)} ms`);
  const national = await watched(pm, 'vn', first);
  assert.deepEqual([national.value, national.coverage.fresh], [3 * all.length, all.length]);
  const provincial = await watched(moderator, home, first);
  assert.equal(provincial.coverage.expected, inside.length);
  assert.equal(await moderator.refusal('figures.watch', { indicators: [beds.code], root: 'vn' }), 'outside-territory');
  assert.equal(await commune.refusal('figures.watch', { indicators: [beds.code], root: home }), 'outside-territory');
  assert.equal((await watched(commune, unitOf(commune), first)).unit, unitOf(commune));

  const [one = '', ...rest] = inside.filter((code) => code !== unitOf(commune));
  const before = commune.all('figures').length;
  const n = await send([one], () => 7_777);
  const told = await moderator.heardOf('figures', (notice) => notice.n >= n);
  assert.deepEqual(
    told.changed?.map(({ units: of, values, states }) => [of, values, states]),
    [[[one], [7_777], 'f']],
  );
  const elsewhere = all.filter((code) => code !== one && !rest.includes(code) && code !== unitOf(commune));
  const last = await send(elsewhere.slice(0, 300), () => 9_000);
  const many = await pm.heardOf('figures', (notice) => notice.n >= last);
  assert.equal(many.changed, undefined, 'more than are told one by one');
  assert.equal(commune.all('figures').length, before, 'nothing of it was of the own unit');

  const { period, n: known } = many.cards[0] ?? assert.fail('no card');
  const path = `/api/figures/frames/${beds.code}/${period}/${known}?root=${home}`;
  const answer = await moderator.program.get(path);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const frame: FigureFrame = answer.body;
  assert.equal(frame.units.length, inside.length);
  assert.equal(frame.values[frame.units.findIndex((at) => at.endsWith(`.${one}`))], 7_777);
  assert.equal((await moderator.program.get(path.replace(/root=.*/, 'root=vn'))).status, 403);
});

test('FG24 who watches nothing any more is told nothing', async () => {
  await moderator.act('figures.watch', { indicators: [], root: unitOf(moderator) });
  const before = moderator.all('figures').length;
  const n = await send(codes(units.get(unitOf(moderator)).path).slice(0, 1), () => 1);
  await pm.heardOf('figures', (notice) => notice.n >= n);
  assert.equal(moderator.all('figures').length, before);
});

/** Its card, when the node has come that far. */
async function watched(by: ChannelClient, root: string, n: number) {
  const answer = await by.act('figures.watch', { indicators: [beds.code], root });
  if (answer.n >= n && answer.cards[0]) return answer.cards[0];
  const { cards } = await by.heardOf('figures', (notice) => notice.n >= n);
  return cards[0] ?? assert.fail('no card');
}
