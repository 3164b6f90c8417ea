import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { Units } from '../../../src/domain/organisation/Units.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import type { StagedContent } from '../../../src/protocol/figureStage.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let postgres: Postgres;
let units: Units;
let pm: ChannelClient;
let commune: ChannelClient;
let far: ChannelClient;
const beds = { ...freeBeds, code: 'beds-staged' };
const source = { ...ministry, code: 'moh-staged', indicators: [beds.code] };
before(async () => {
  node = await TestNode.create();
  postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 2);
  units = await Units.create(new PgUnits(postgres));
  const definitions = new PgFigureDefinitions(postgres);
  await definitions.putIndicator(beds, { account: null, name: 'dh figures' });
  await definitions.putSource(source, { account: null, name: 'dh figures' });
  const { n } = await send(1);
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  commune = await meeting.commune(0);
  // Asked for one thing again and again, the channel is closed: acts are for people.
  await until('the node has read the indicator', async () => {
    const { body } = await pm.program.get('/api/figures/indicators');
    return body.indicators?.some(({ code }: { code: string }) => code === beds.code);
  });
  const known = await pm.act('figures.watch', { indicators: [beds.code], root: 'vn' });
  if (known.n < n) await pm.heardOf('figures', (notice) => notice.n >= n);
});
after(async () => {
  meeting?.close();
  await postgres?.close();
  await node?.close();
});

/** The same of the first units of the country, as another node would: this one hears of it by its sweep. */
async function send(value: number): Promise<{ n: number; sum: number }> {
  const rows = units.index
    .baseUnits(['vn'])
    .slice(0, 300)
    .map(
      ({ code }, i): FigureRow => ({
        ...{ row: i + 1, indicator: beds.code, unit: code, period: new Date().toISOString(), value: `${value}` },
      }),
    );
  const ask = { key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: 'a'.repeat(64), by: 'Bộ Y tế' } as const;
  const { n } = await new PgFigureIntake(postgres).take({ ...ask, source, rows }, units.index);
  return { n: n ?? 0, sum: rows.length * value };
}
const show = { indicator: beds.code, root: 'vn' } as const;

test('FG25 what is staged is told to all, also to whoever comes late, and what moves is told on', async () => {
  await pm.act('figures.show', show);
  const { shown } = await commune.heardOf('figures.staged', (told) => told.shown !== null);
  assert.deepEqual([shown?.view, shown?.depth, shown?.picture.rootName], ['map', 'provinces', 'Việt Nam']);
  assert.ok((shown?.picture.units.length ?? 0) > 30);
  await commune.heardOf('programme', ({ content }) => content?.kind === 'figures');
  far = await meeting.commune(1);
  const there = await far.heardOf('figures.staged', (told) => told.shown !== null);
  assert.deepEqual(there.shown?.picture.units, shown?.picture.units);
  const { sum } = await send(2);
  for (const viewer of [commune, far]) await viewer.heardOf('figures.stagedMove', ({ value }) => value === sum);
  await pm.act('figures.mark', { content: shown?.content ?? '', mark: { kind: 'unit', unit: '79' } });
  for (const viewer of [commune, far])
    await viewer.heardOf('figures.stagedMove', ({ mark }) => mark?.kind === 'unit' && mark.unit === '79');
});

test('FG23 FG65 units by name are fetched as they are on record, and no more after a clear', async () => {
  const count = units.index.baseUnits(['vn']).length;
  const named = { ...show, depth: 'communes', confirmed: count } as const;
  assert.equal(await pm.refusal('figures.show', { ...named, confirmed: 1 }), 'conflict');
  await pm.act('figures.show', named);
  const { shown } = await far.heardOf('figures.staged', (told) => told.shown?.depth === 'communes');
  const path = `/api/briefings/${meeting.briefing}/figures/${shown?.content}`;
  for (const viewer of [commune, far]) {
    const { status, body } = await viewer.program.get(path);
    assert.equal(status, 200);
    assert.equal((body as StagedContent).communes?.units.length, count);
  }
  await pm.act('figures.clear', {});
  for (const viewer of [commune, far]) {
    await viewer.heardOf('figures.staged', (told) => told.shown === null);
    await until('it is gone', async () => (await viewer.program.get(path)).status === 404);
  }
  assert.equal(await commune.refusal('figures.show', show), 'forbidden');
});

test('FG34 FG76 a wall hears what is staged, acts on nothing, is laid out by whoever pairs screens, and is out when it is withdrawn', async () => {
  const wall = node.browser();
  const here = async () => (await wall.post('/api/screens/here')).body;
  const { code } = await here();
  const paired = await pm.program.post('/api/screens', { code, name: 'Tường số liệu' });
  wall.session = (await here()).session.session;
  const { body: joined } = await wall.post(`/api/briefings/${meeting.briefing}/join`);
  const cookie = [...wall.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket: Socket = io(node.url, {
    ...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin: node.url } },
    auth: { session: wall.session, briefing: meeting.briefing, identity: joined.identity },
  });
  const heard: { name: string; notice: { shown?: unknown; reason?: string } }[] = [];
  socket.onAny((name, notice) => heard.push({ name, notice }));
  try {
    await pm.act('figures.show', { ...show, view: 'series' });
    await until('the wall is told', () => heard.some(({ name, notice }) => name === 'figures.staged' && notice.shown));
    assert.equal((await here()).layout, 'columns');
    const laidOut = (layout: string, by = pm) =>
      by.program.send('PUT', `/api/screens/${paired.body.id}/layout`, { layout });
    assert.equal((await laidOut('map', commune)).status, 403);
    assert.equal((await laidOut('anything')).status, 400);
    assert.equal((await laidOut('map')).status, 204);
    assert.equal((await here()).layout, 'map');
    const { screens } = (await pm.program.get('/api/screens')).body;
    assert.equal(screens.find(({ id }: { id: string }) => id === paired.body.id)?.layout, 'map');
    const refused = await socket.timeout(5_000).emitWithAck('figures.clear', {});
    assert.equal(refused.error.reason, 'forbidden');
    assert.equal((await wall.get(`/api/figures/indicators`)).status, 403);
    assert.equal((await pm.program.send('DELETE', `/api/screens/${paired.body.id}`)).status, 204);
    await until('it is told to go', () => heard.some(({ notice }) => notice.reason === 'session-ended'));
    assert.equal((await here()).state, 'waiting');
  } finally {
    socket.close();
  }
});
