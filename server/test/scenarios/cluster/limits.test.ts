import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { io } from 'socket.io-client';
import { spentTopic } from '../../../src/cluster/topics/quotas.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { issueLinkFor, setPassword } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { until, within } from '../../support/until.ts';

/** CH5, CH13: what one node alone would let through. */
const ACTS = 60;
const CONNECTS = 30;
/** HT7: requests of one session in a minute. */
const REQUESTS = 600;

let one: TestNode;
let two: ServerProcess;
let meeting: Meeting;
let bus: Redis;
const far: ChannelClient[] = [];
/** What nodes have told each other of: of each limit and account how much was spent. */
const told = new Map<string, number>();
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' });
  const { databaseUrl, redisUrl } = one.stores;
  two = await ServerProcess.create({
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CLUSTER_SECRET },
    ...{ DEMO: '0', NODE_ID: 'two', ALLOW_SECOND_NODE: '1' },
  });
  await nodesKnown(one.internalUrl, 2);
  bus = new Redis(redisUrl);
  bus.on('pmessage', (_, _channel: string, text: string) => {
    for (const [limit, account, amount] of spentTopic.schema.parse(JSON.parse(text.slice(text.indexOf('{'))).body)) {
      const key = `${limit} ${account}`;
      told.set(key, (told.get(key) ?? 0) + amount);
    }
  });
  await bus.psubscribe('dh:bus:*:spent');
  meeting = await Meeting.open(one);
  const pm = await meeting.enter('Prime');
  await pm.act('stage.goLive', {});
});
after(async () => {
  for (const device of far) device.close();
  meeting?.close();
  bus?.disconnect();
  await two?.close();
  await one?.close();
});

/** In turn: the first at this node, the second at the other. */
const inTurn = (i: number): string => (i % 2 === 0 ? one.url : two.url);

/** One account, with a device at each node. */
async function atBoth(nr: number): Promise<readonly [here: ChannelClient, there: ChannelClient]> {
  const here = await meeting.withSecret(
    secretOf(one.links.filter(({ who }) => who.startsWith('commune'))[nr]?.url ?? ''),
  );
  const unit = here.identity.slice(0, here.identity.indexOf('.'));
  const program = await two.signIn(await issueLinkFor(one, 'seat', unit), 'far');
  const there = await ChannelClient.open(two, program, meeting.briefing);
  far.push(there);
  return [here, there];
}

/** CL50: what is let through until the other node has heard is another rule's; here it has. */
async function heardThere(limit: string, spent: number): Promise<void> {
  const isTold = () => [...told].some(([key, amount]) => key.startsWith(`${limit} `) && amount >= spent);
  await until(`nodes are told of ${spent} ${limit} of one account`, isTold);
  // It came to the other node with what is overheard here, so before this was asked.
  await fetch(two.url);
}

test('HT7 CL58 a link that is tried in turn at two nodes is refused at both after as many tries as at one', async () => {
  const secret = randomBytes(32).toString('base64url');
  const answers: { readonly reason: string; readonly wait: string | null }[] = [];
  for (let i = 0; i < 24; i++) {
    const { headers, body } = await new Program(inTurn(i)).post('/api/session/link', { secret });
    answers.push({ reason: body.error?.reason, wait: headers.get('retry-after') });
  }
  assert.deepEqual(
    answers.map(({ reason }) => reason),
    [...Array(20).fill('link-unknown'), ...Array(4).fill('rate-limited')],
  );
  for (const { wait: seconds } of answers.slice(20)) assert.match(seconds ?? '', /^[1-9]\d*$/);
});

test('HT7 CL58 a login whose password is tried in turn at two nodes is refused at both, also with the right one', async () => {
  const [login, password] = [`hai.nut.${randomBytes(4).toString('hex')}`, 'mật khẩu đủ dài 2026'];
  await setPassword(one, 'moderator', '79', login, password);
  const tried = async (i: number, said: string): Promise<string | undefined> => {
    const { body } = await new Program(inTurn(i)).post('/api/session/password', {
      login,
      password: said,
      transport: 'bearer',
    });
    return body.error?.reason;
  };
  const answers: (string | undefined)[] = [];
  while (answers.at(-1) !== 'rate-limited' && answers.length < 40) answers.push(await tried(answers.length, 'falsch'));
  const tries = answers.length - 1;
  assert.deepEqual(answers.slice(0, tries), Array(tries).fill('wrong-credentials'));
  assert.equal(answers.at(-1), 'rate-limited', `after ${tries} tries`);
  assert.deepEqual([await tried(0, password), await tried(1, password)], ['rate-limited', 'rate-limited']);
});

test('HT7 CL58 requests of one session are counted together, at whichever node they come', async () => {
  const { token } = await one.signIn(secretOf(one.links.filter(({ who }) => who.startsWith('commune'))[2]?.url ?? ''));
  const ask = async (i: number) => {
    const { status } = await Object.assign(new Program(inTurn(i)), { token }).get('/api/session');
    return status;
  };
  let taken = 0;
  for (let refused = 0; refused === 0 && taken <= REQUESTS; ) {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(i)));
    refused = answers.filter((status) => status === 429).length;
    taken += answers.length - refused;
  }
  assert.ok(taken <= REQUESTS, `${taken} were taken`);
  assert.deepEqual([await ask(0), await ask(1)], [429, 429]);
});

test('CH5 CL50 CL58 an account that has spent its acts at one node is refused at the other, where it has hardly acted', async () => {
  const [here, there] = await atBoth(0);
  const limited = async (device: ChannelClient) => {
    const answer = await device.ask('sync', {});
    return 'error' in answer && answer.error.reason === 'rate-limited';
  };
  const spent = await Promise.all(Array.from({ length: ACTS + 5 }, () => limited(here)));
  assert.deepEqual([spent.filter(Boolean).length, spent.lastIndexOf(false)], [5, ACTS - 1]);
  await heardThere('acts', ACTS);
  const refused = await Promise.all(Array.from({ length: ACTS / 2 }, () => limited(there)));
  assert.deepEqual(refused, Array(ACTS / 2).fill(true));
});

test('CH13 CL58 an account that has connected as often as it may to one node is refused by the other', async () => {
  const [here, there] = await atBoth(1);
  const refused = async (url: string, { program, identity }: ChannelClient): Promise<boolean> => {
    const auth = { token: program.token, briefing: meeting.briefing, identity };
    const socket = io(url, { transports: ['websocket'], auth, reconnection: false, forceNew: true });
    try {
      const answer = new Promise<string>((resolve) => {
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error: Error & { data?: { error?: { reason: string } } }) =>
          resolve(error.data?.error?.reason ?? error.message),
        );
      });
      return (await within('it is let in or refused', answer, 30_000)) === 'rate-limited';
    } finally {
      socket.close();
    }
  };
  const tryAtOnce = (url: string, device: ChannelClient) =>
    Promise.all(Array.from({ length: 2 * CONNECTS }, () => refused(url, device)));
  const tried = await tryAtOnce(one.url, here);
  assert.ok(tried.includes(true), 'at one alone it is refused in the end');
  // All but what was too little for one more.
  await heardThere('connects', CONNECTS - 1);
  // One a second may come again, however many seconds this takes.
  const letThrough = (await tryAtOnce(two.url, there)).filter((isRefused) => !isRefused).length;
  assert.ok(letThrough < CONNECTS / 2, `${letThrough} connections were let through there`);
});
