import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { issueLinkFor, setPassword } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { within } from '../../support/until.ts';

/** CH5, CH13: what one node alone would let through. */
const ACTS = 60;
const CONNECTS = 30;
/** HT7: requests of one session in a minute. */
const REQUESTS = 600;
/** Other nodes hear of what was spent within a quarter of a second, on a machine that has time. */
const PAUSE_MS = 150;

let one: TestNode;
let two: ServerProcess;
let meeting: Meeting;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' });
  const { databaseUrl, redisUrl } = one.stores;
  two = await ServerProcess.create({
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CLUSTER_SECRET },
    ...{ DEMO: '0', NODE_ID: 'two', ALLOW_SECOND_NODE: '1' },
  });
  await nodesKnown(one.internalUrl, 2);
  meeting = await Meeting.open(one);
  const pm = await meeting.enter('Prime');
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
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
  return [here, await ChannelClient.open(two, program, meeting.briefing)];
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
  let acted = 0;
  while (!(await limited(there)) && acted < ACTS) {
    acted += 1;
    await wait(PAUSE_MS);
  }
  assert.ok(acted < ACTS / 2, `${acted} acts were let through there`);
  there.close();
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
  const tried = await Promise.all(Array.from({ length: 2 * CONNECTS }, () => refused(one.url, here)));
  assert.ok(tried.filter(Boolean).length > 0, 'at one alone it is refused in the end');
  let connected = 0;
  while (!(await refused(two.url, there)) && connected < CONNECTS) connected += 1;
  assert.ok(connected < CONNECTS / 2, `${connected} connections were let through there`);
  there.close();
});
