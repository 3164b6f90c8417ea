import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { noSmallDisk, SmallDisk } from '../../support/SmallDisk.ts';
import { secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const skip = noSmallDisk() ?? false;
let disk: SmallDisk | undefined;
let node: TestNode;
let meeting: Meeting;
let chair: ChannelClient;
let late: ChannelClient;
before(async () => {
  if (skip) return;
  disk = SmallDisk.create(320);
  const { TMPDIR } = process.env;
  // The stores are made where temporary files are.
  process.env.TMPDIR = disk.folder;
  node = await TestNode.create({}, { own: true }).finally(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  meeting = await Meeting.open(node);
  chair = await meeting.enter('Prime');
});
after(async () => {
  disk?.free();
  meeting?.close();
  late?.close();
  await node?.close();
  disk?.close();
});

const readiness = async () => {
  const response = await fetch(`${node.internalUrl}/readyz`);
  return { status: response.status, body: (await response.json()) as { conditions?: Record<string, string> } };
};
const question = () => ({ key: randomUUID(), question: 'Có mặt? '.repeat(30), scope: ['vn'], seconds: 3_000 });

const linkOf = (nr: number) => node.links.filter(({ who }) => who.startsWith('commune'))[nr]?.url ?? '';

test('SV16 SV17 a full disk: acts are refused as record-unwritable, who watches and who comes go on, and with room all heals', {
  skip,
}, async () => {
  await chair.act('stage.goLive', {});
  const commune = await meeting.commune(0);
  const round = await chair.act('round.open', question());
  const own = { round: round.id, key: randomUUID(), answerer: 'chair' as const };
  const { receipt } = await commune.act('round.answer', own);

  const waiting = await node.signIn(secretOf(linkOf(1)), 'late');

  disk?.fill();
  const acts: string[] = [];
  await until(
    'an act finds no room',
    async () => {
      // Rounds of a whole country, which want room of their own.
      const answer = await chair.ask('round.open', question());
      if ('ok' in answer) acts.push(answer.ok.id);
      else assert.equal(answer.error.reason, 'record-unwritable');
      return 'error' in answer;
    },
    120_000,
  );
  assert.equal(await chair.refusal('round.open', question()), 'record-unwritable');

  const { status, body } = await readiness();
  assert.equal(status, 200, `a proxy that asks takes nobody out of the broadcast: ${JSON.stringify(body)}`);
  assert.match(body.conditions?.['record-unwritable'] ?? '', /^warning: .*disk .* full/);
  assert.match(
    await (await fetch(`${node.internalUrl}/metrics`)).text(),
    /dh_condition\{condition="record-unwritable"[^}]*\} 0/,
  );
  await commune.heardOf('record', ({ writable }) => !writable);
  assert.equal((await waiting.get('/api/briefings')).headers.get('dh-record'), 'unwritable');

  const person = { name: 'Lê Thị Hồng', title: 'Chủ tịch' };
  const { status: joined } = await waiting.post(`/api/briefings/${meeting.briefing}/join`, { person });
  assert.equal(joined, 200, 'who says who they are, too');
  late = await ChannelClient.open(node, waiting, meeting.briefing);
  await late.heardOf('record', ({ writable }) => !writable);
  await late.act('sync', {});
  assert.ok(commune.socket.connected && chair.socket.connected);

  disk?.free();
  await until(
    'acts are taken again',
    () => chair.act('round.extend', { key: randomUUID(), round: round.id, seconds: 30 }).then(Boolean, () => false),
    60_000,
  );
  await late.heardOf('record', ({ writable }) => writable);
  await until(
    'the condition is over',
    async () => (await readiness()).body.conditions?.['record-unwritable'] === 'ok',
    60_000,
  );
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 2);
  const rows = await postgres.query<{ id: string }>('SELECT id FROM rounds WHERE id = ANY ($1)', [acts]);
  assert.equal(rows.length, acts.length, 'whatever was confirmed is there');
  const kept = await commune.act('round.answer', own);
  assert.deepEqual(kept.receipt, receipt);
  await postgres.close();
  const snapshot = await Snapshot.create(node.stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
});
