import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { directiveBoardSchema, directiveSchema } from '../../../src/protocol/directive.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
/** The same unit, and an official above it, on the other node. */
let farChair: ChannelClient;
let farModerator: ChannelClient;
let unit: string;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' }, { own: true });
  const { databaseUrl, redisUrl } = one.stores;
  two = await TestNode.create({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    NODE_ID: 'two',
    ALLOW_SECOND_NODE: '1',
  });
  meeting = await Meeting.open(one);
  pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
  unit = chair.identity.slice(0, chair.identity.indexOf('.'));
  const open = async (role: string, code: string, device: string) =>
    ChannelClient.open(two, await two.signIn(await issueLinkFor(one, role, code), device), meeting.briefing);
  farChair = await open('seat', unit, 'far');
  farModerator = await open('moderator', '79', 'far');
  await pm.act('stage.goLive', {});
});
after(async () => {
  farChair?.close();
  farModerator?.close();
  meeting?.close();
  await two?.close();
  await one?.close();
});

const issue = async () => {
  const facts = { key: randomUUID(), title: 'Chống dịch', text: 'Lập chốt.', briefing: meeting.briefing };
  const { status, body } = await pm.program.post('/api/directives', { ...facts, addressees: { to: ['79'] } });
  assert.equal(status, 200, JSON.stringify(body));
  return directiveSchema.parse(body);
};

test('DR11 DR30 DR31 DR32 devices and officials of another node hear of a directive and of what becomes of it', async () => {
  // What the other node knows of presence is about a second old.
  const directive = await until(
    'a directive of which the far unit is no absentee',
    async () => {
      const given = await issue();
      const { body } = await pm.program.get(`/api/directives/${given.id}/board?root=${unit}`);
      return directiveBoardSchema.parse(body).counts[0]?.absentees === 0 ? given : undefined;
    },
    30_000,
  );
  const own = ({ id }: { id: string }) => id === directive.id;
  assert.deepEqual(await farChair.heardOf('directive', own), await chair.heardOf('directive', own));
  await farModerator.heardOf('directive.tick', (t) => t.directive === directive.id && t.root === '79');

  const answer = { key: randomUUID(), act: 'acknowledge', name: 'A', words: 'Làm' };
  assert.equal((await farChair.program.post(`/api/directives/${directive.id}/acts`, answer)).status, 200);
  const acknowledged = (follow: { directive: string; state: string }) =>
    follow.directive === directive.id && follow.state === 'acknowledged';
  assert.deepEqual(
    await chair.heardOf('directive.follow', acknowledged),
    await farChair.heardOf('directive.follow', acknowledged),
  );
  for (const [official, root] of [
    [pm, 'vn'],
    [farModerator, '79'],
  ] as const)
    await official.heardOf('directive.tick', ({ directive: id, counts }) => {
      return id === directive.id && counts.some((row) => row.unit === root && row.states.acknowledged === 1);
    });

  const again = await chair.program.post(`/api/directives/${directive.id}/acts`, answer);
  assert.deepEqual([again.status, again.body.first], [200, false], 'AK2 the key is known on the other node');
});

test('DR30 what the bus has lost is found within seconds, and told once', async () => {
  const { embedded } = one.stores;
  assert.ok(embedded, 'this test kills a Redis of its own');
  const killed = embedded.pids().redis;
  process.kill(killed, 'SIGKILL');
  const { id } = await issue();
  await farChair.heardOf('directive', (directive) => directive.id === id, 30_000);
  await until('Redis runs again', () => embedded.pids().redis !== killed, 30_000);
  const later = await issue();
  await farChair.heardOf('directive', (directive) => directive.id === later.id, 30_000);
  const seen = chair.all('directive').map((directive) => directive.id);
  assert.equal(seen.filter((each) => each === id).length, 1);
});

test('DR1 numbers of one issuer have neither gaps nor doubles when two nodes give them', async () => {
  const far = await two.signIn(await issueLinkFor(one, 'principal', 'vn'), 'far');
  const facts = () => ({ key: randomUUID(), title: 'T', text: 'X', addressees: { to: [unit] } });
  const given = await Promise.all(
    Array.from({ length: 16 }, (_, i) => (i % 2 ? far : pm.program).post('/api/directives', facts())),
  );
  const numbers = given.map(({ body }) => directiveSchema.parse(body).number).sort((a, b) => a - b);
  const [first = 0] = numbers;
  assert.deepEqual(
    numbers,
    Array.from({ length: 16 }, (_, i) => first + i),
  );
});
