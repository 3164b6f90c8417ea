import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeHeader } from '../../../src/protocol/briefing.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { issueLinksFor } from '../../support/people.ts';
import { type Answer, Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Each node lets one in a second: this one, and the one of the next second. */
const JOINS_PER_SECOND = '1';
const nodes: TestNode[] = [];
let briefing: string;
/** Of the province whose turn is first, and of one whose turn is much later. */
let first: Program[];
let later: Program;
/** More of the first province, for another crowd. */
let others: Program[];
let pm: Program;
before(async () => {
  const cluster = { ALLOW_SECOND_NODE: '1', JOINS_PER_SECOND };
  const one = await TestNode.create({ ...cluster, NODE_ID: 'one' });
  nodes.push(one);
  const { databaseUrl, redisUrl } = one.stores;
  nodes.push(await TestNode.create({ ...cluster, NODE_ID: 'two', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl }));
  pm = await one.signIn(one.secret('Prime'), 'pm');
  briefing = (await pm.get('/api/briefings')).body.briefings[0].id;
  const secrets = await issueLinksFor(one, 'seat', await communes(pm, '70', 14));
  const programs = await Promise.all(secrets.map((secret, i) => one.signIn(secret, `device-${i}`)));
  [first, others] = [programs.slice(0, 8), programs.slice(8)];
  later = await one.signIn(one.secret('commune'), 'later');
});
after(async () => {
  for (const node of nodes.toReversed()) await node.close();
});

const communes = async (pm: Program, province: string, count: number): Promise<string[]> => {
  const { units } = (await pm.get(`/api/roster?root=${province}`)).body;
  const lowest = units.filter(
    ([, path]: string[]) => !units.some(([, other]: string[]) => other?.startsWith(`${path}.`)),
  );
  return lowest.slice(0, count).map(([code]: string[]) => code);
};

const join = (program: Program, kept?: string): Promise<Answer> =>
  program.post(`/api/briefings/${briefing}/join`, {}, kept === undefined ? {} : { [placeHeader]: kept });

/** The same person at another node. */
function at({ url }: TestNode, { token }: Program): Program {
  return Object.assign(new Program(url), { token });
}

test('PL16 PL17 more come than can be let in: each has a time of its own, keeps it when the node dies, and goes in then', async () => {
  const [one, two] = nodes as [TestNode, TestNode];
  const answers = await Promise.all(first.map((program) => join(program)));
  const waiting = answers.flatMap(({ status, body, headers }, i) => {
    if (status === 200) return [];
    assert.deepEqual([status, body.error.reason], [503, 'node-full']);
    assert.equal(headers.get('retry-after'), String(body.error.retryAfterSeconds));
    return [{ program: first[i] as Program, place: body.error.place }];
  });
  assert.ok(waiting.length >= 4, 'two in each second are let in at most');
  const times = waiting.map(({ place }) => Math.floor(Date.parse(place.at) / 1_000));
  assert.equal(new Set(times).size, times.length, 'no second is given twice');

  const far = await join(later);
  assert.equal(far.body.error?.place.of, 'Thành phố Hồ Chí Minh', JSON.stringify(far.body));
  for (const who of ['Prime', 'moderator'])
    assert.equal((await join(await one.signIn(one.secret(who), 'pm'))).status, 200, `${who} does not wait`);

  const last = waiting.reduce((a, b) => (a.place.at > b.place.at ? a : b));
  assert.equal((await join(last.program)).body.error?.place.at ?? last.place.at, last.place.at, 'asked without it');
  nodes.shift();
  await one.app.close();
  const there = await join(at(two, later), far.body.error.place.kept);
  assert.equal(there.body.error?.place.at, far.body.error.place.at, 'another node keeps it');
  const own = at(two, last.program);
  let inAt = 0;
  const { body } = await until('its time has come', async () => {
    const answer = await join(own, last.place.kept);
    inAt = Date.now();
    return answer.status === 200 ? answer : sleep(100, undefined);
  });
  assert.ok(inAt >= Date.parse(last.place.at) - 1_000, 'not before its time');
  const asked = await fetch(`${two.url}/rtc/validate?access_token=${body.token}`);
  assert.equal(asked.status, 200, 'media lets it in');
});

test('PL17 a place that somebody else was given, or nobody, is passed over', async () => {
  const two = nodes[0] as TestNode;
  const [mine, stranger] = first.slice(0, 2).map((program) => at(two, program)) as [Program, Program];
  const { body } = await until('there is room', async () => {
    const answer = await join(mine);
    return answer.status === 200 ? answer : sleep(100, undefined);
  });
  for (const kept of [body.place, 'nothing', `${body.place}x`]) {
    const { status, body: answer } = await join(stranger, kept);
    assert.ok(status === 200 || answer.error.place.kept !== kept);
    assert.notEqual(answer.identity ?? 'stranger', body.identity);
  }
});

test('PL18 a unit that is called while it waits for its turn hears the bell at the door, and goes in at once', async () => {
  const two = nodes[0] as TestNode;
  const [leader, own] = [at(two, pm), at(two, later)];
  const crowd = await Promise.all(others.map((program) => join(at(two, program))));
  assert.ok(crowd.some(({ status }) => status === 503));
  const { status, body } = await join(own);
  assert.equal(status, 503, JSON.stringify(body));
  const { kept, identity } = body.error.place;
  const [desk, door] = [
    await ChannelClient.open(two, leader, briefing),
    await ChannelClient.atDoor(two, own, briefing, identity),
  ];
  await desk.act('stage.goLive', {});
  assert.equal((await join(own, kept)).status, 503, 'the channel alone lets nobody in');
  const call = await desk.act('call.start', { unit: identity.split('.')[0] });
  assert.equal(call.state, 'ringing');
  await door.heardOf('call.ring', ({ id }) => id === call.id);
  const inside = await join(own, kept);
  assert.deepEqual([inside.status, inside.body.identity], [200, identity]);
  await door.act('call.refuse', { call: call.id, why: 'Chưa sẵn sàng' });
  assert.equal((await join(own, inside.body.place)).status, 200, 'nor do they wait later');
  for (const client of [desk, door]) client.close();
});

test('PL22 all who were at a node that has died come to another one at once: each is given a time, two a second, and is in by it', async () => {
  const two = nodes[0] as TestNode;
  const inside = await Promise.all(
    others.map(async (program) => {
      const own = at(two, program);
      let kept: string | undefined;
      const { body } = await until('it is let in', async () => {
        const answer = await join(own, kept);
        kept = answer.body.error?.place.kept ?? kept;
        return answer.status === 200 ? answer : sleep(200, undefined);
      });
      return { own, kept: body.place as string };
    }),
  );
  const back = await Promise.all(inside.map(({ own, kept }) => join(own, kept)));
  const waiting = back.flatMap(({ body }) => (body.error ? [body.error.place] : []));
  assert.ok(waiting.length >= 2, 'four come at once, in this second and the next');
  const perSecond = Map.groupBy(waiting, ({ at: time }) => time);
  for (const [time, those] of perSecond) assert.ok(those.length <= 2, `${those.length} are to come at ${time}`);
  for (const { kept } of waiting) {
    const own = inside[back.findIndex(({ body }) => body.error?.place.kept === kept)]?.own as Program;
    await until('its time has come', async () => (await join(own, kept)).status === 200 || sleep(100, false));
  }
});
