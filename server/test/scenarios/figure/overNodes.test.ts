import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Units } from '../../../src/domain/organisation/Units.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import type { StagedContent, StagedPicture } from '../../../src/protocol/figureStage.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { freePort } from '../../support/freePort.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** The principal is at one node, communes are at the other, a process that is killed and comes back. */
let one: TestNode;
let two: ServerProcess;
let internals: readonly string[];
let meeting: Meeting;
let postgres: Postgres;
let units: Units;
let pm: ChannelClient;
const channels: ChannelClient[] = [];
const beds = { ...freeBeds, code: 'beds-over-nodes' };
const source = { ...ministry, code: 'moh-over-nodes', indicators: [beds.code] };
const show = { indicator: beds.code, root: 'vn' } as const;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1', NODE_ID: 'one' });
  const { databaseUrl, redisUrl } = one.stores;
  postgres = await Postgres.create(databaseUrl, () => undefined, 2);
  units = await Units.create(new PgUnits(postgres));
  const definitions = new PgFigureDefinitions(postgres);
  await definitions.putIndicator(beds, { account: null, name: 'dh figures' });
  await definitions.putSource(source, { account: null, name: 'dh figures' });
  await send(1);
  const port = String(await freePort());
  internals = [one.internalUrl, `http://127.0.0.1:${port}`];
  two = await ServerProcess.create({
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CLUSTER_SECRET, API_PORT: port },
    ...{ DEMO: '0', NODE_ID: 'two', ALLOW_SECOND_NODE: '1' },
  });
  await bothKnown();
  meeting = await Meeting.open(one);
  pm = await meeting.enter('Prime');
  // Asked for one thing again and again, the channel is closed: acts are for people.
  await until('the node has read the indicator', async () => {
    const { body } = await pm.program.get('/api/figures/indicators');
    return body.indicators?.some(({ code }: { code: string }) => code === beds.code);
  });
});
after(async () => {
  for (const client of channels) client.close();
  meeting?.close();
  await two?.close();
  await postgres?.close();
  await one?.close();
});

async function bothKnown(): Promise<void> {
  for (const url of internals) await nodesKnown(url, 2);
}

/** A commune at the other node. */
async function communeThere(nr: 0 | 1 | 2): Promise<ChannelClient> {
  const link = one.links.filter(({ who }) => who.startsWith('commune'))[nr]?.url ?? '';
  const client = await ChannelClient.open(two, await two.signIn(secretOf(link)), meeting.briefing);
  channels.push(client);
  return client;
}

/** The same of the first units of the country, as a third node would: these hear of it by their sweeps. */
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

test('FG25 FG66 what one node puts on the stage is seen at the other, by who is there, who comes late, and after it was killed', async () => {
  const there = await communeThere(0);
  await pm.act('figures.show', show);
  const here = await pm.heardOf('figures.staged', ({ shown }) => shown !== null);
  const seen = await there.heardOf('figures.staged', ({ shown }) => shown !== null);
  assert.ok((seen.shown?.picture.units.length ?? 0) > 30);
  assert.deepEqual([seen.version, seen.shown?.content], [here.version, here.shown?.content]);
  assert.deepEqual(seen.shown?.picture.units, here.shown?.picture.units);
  await there.heardOf('programme', ({ content }) => content?.kind === 'figures');
  const late = await communeThere(1);
  assert.deepEqual((await late.heardOf('figures.staged', ({ shown }) => shown !== null)).shown, seen.shown);

  const { sum } = await send(2);
  const content = seen.shown?.content ?? '';
  await pm.act('figures.mark', { content, mark: { kind: 'unit', unit: '79' } });
  for (const viewer of [pm, there, late]) {
    await viewer.heardOf('figures.stagedMove', ({ value }) => value === sum);
    await viewer.heardOf('figures.stagedMove', ({ mark }) => mark?.kind === 'unit' && mark.unit === '79');
  }

  await two.kill();
  const moved = await send(3);
  const { picture: before } = here.shown ?? assert.fail('nothing was shown');
  await pm.act('figures.mark', { content, mark: { kind: 'period', period: before.period } });
  await pm.heardOf('figures.stagedMove', ({ value }) => value === moved.sum);
  await two.start();
  for (const viewer of [there, late, await communeThere(2)]) {
    const { shown } = await viewer.heardOf(
      'figures.staged',
      (told) => told.shown?.mark?.kind === 'period' && told.shown.picture.value === moved.sum,
      60_000,
    );
    assert.deepEqual([shown?.content, shown?.view, shown?.picture.period], [content, 'map', before.period]);
  }
});

test('FG23 FG28 FG65 units by name that one node put there are fetched from the other, and no more after a clear at either', async () => {
  await bothKnown();
  const count = units.index.baseUnits(['vn']).length;
  await pm.act('figures.show', { ...show, depth: 'communes', confirmed: count });
  for (const viewer of channels) {
    const { shown } = await viewer.heardOf('figures.staged', (told) => told.shown?.depth === 'communes');
    const path = `/api/briefings/${meeting.briefing}/figures/${shown?.content}`;
    const { status, body } = await viewer.program.get(path);
    assert.equal(status, 200);
    assert.equal((body as StagedContent).communes?.units.length, count);
  }
  const { version } = await until('what is there', () => pm.all('figures.staged').at(-1));
  await pm.act('figures.clear', {});
  for (const viewer of channels) {
    const told = await viewer.heardOf('figures.staged', (news) => news.shown === null && news.version > version);
    assert.equal(told.shown, null);
    const content = viewer.all('figures.staged').findLast(({ shown }) => shown)?.shown?.content;
    const path = `/api/briefings/${meeting.briefing}/figures/${content}`;
    await until('it is gone', async () => (await viewer.program.get(path)).status === 404);
  }
});

/** FG103: what stands beside an act on record, with the bytes that its frame was kept as. */
async function seenBeside(subject: string) {
  const [row] = await postgres.query<{ sha256: string; n: number; version: number; bytes: Buffer }>(
    `SELECT s.content AS sha256, s.n::float8, s.version::int, b.bytes FROM figure_seen_acts s
     JOIN figure_stage_bytes b ON b.sha256 = s.content WHERE s.subject = $1`,
    [subject],
  );
  assert.ok(row, 'it has a row beside it');
  const { sha256, n, version, bytes } = row;
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
  // When it was known is each node's own moment.
  const { at, ...picture } = JSON.parse(bytes.toString()).picture as StagedPicture;
  assert.ok(Date.parse(at) > 0);
  return { sha256, told: { version, n, picture } };
}

test('FG103 CL59 what is ordered and asked at one node seals the figures that the other had put before all, the same at both', async () => {
  await bothKnown();
  await pm.act('stage.goLive', {});
  const there = await ChannelClient.open(
    two,
    await two.signIn(await issueLinkFor(one, 'moderator', '79')),
    meeting.briefing,
  );
  channels.push(there);
  const before = pm.all('figures.staged').at(-1)?.version ?? 0;
  await pm.act('figures.show', show);
  const { version, shown } = await pm.heardOf('figures.staged', (told) => told.version > before);
  await there.heardOf('figures.staged', (told) => told.version === version);
  await there.heardOf('programme', ({ content }) => content?.kind === 'figures');
  const round = async (by: ChannelClient) => {
    const ask = { key: randomUUID(), question: 'Còn bao nhiêu giường?', scope: ['79'], seconds: 60 };
    const { id } = await by.act('round.open', ask);
    await by.act('round.close', { round: id, key: randomUUID() });
    return id;
  };
  const directive = async ({ program }: ChannelClient) => {
    const facts = { key: randomUUID(), title: 'Mở giường', text: 'Ngay.', addressees: { to: ['79'] } };
    const { status, body } = await program.post('/api/directives', { ...facts, briefing: meeting.briefing });
    assert.equal(status, 200, JSON.stringify(body));
    return body.id as string;
  };
  const made = [await round(there), await directive(there), await directive(pm)];
  const seen = await Promise.all(made.map(seenBeside));
  const [first, second] = seen;
  assert.equal(first?.sha256, second?.sha256, 'kept once at a node, however many acted before it');
  const { at: _at, ...picture } = shown?.picture ?? assert.fail('nothing was shown');
  for (const { told } of seen) assert.deepEqual(told, { version, n: picture.n, picture });

  const { sum } = await send(7);
  for (const viewer of [pm, there]) await viewer.heardOf('figures.stagedMove', ({ value }) => value === sum);
  const after = await seenBeside(await directive(there));
  assert.equal(after.told.picture.value, sum);
  assert.deepEqual((await seenBeside(await directive(pm))).told, after.told);
});
