import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { FRAMES } from '../../../src/protocol/channelLimits.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { happens } from '../../support/happens.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { testNodes } from '../../support/severalNodes.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until, within } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
});
after(async () => {
  meeting?.close();
  await node?.close();
});

/** A connection on which anything may be said. */
async function rawLine() {
  const socket = new WebSocket(`${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  socket.on('message', (data) => void heard.push(String(data)));
  await happens(socket, 'open');
  const isOpen = () => socket.readyState === socket.OPEN;
  let pongs = 0;
  socket.on('pong', () => {
    pongs += 1;
  });
  socket.on('error', () => undefined);
  const ways = { ping: () => socket.ping(), pongs: () => pongs, close: () => socket.close() };
  return { heard, isOpen, say: (text: string) => socket.send(text), ...ways };
}

/** The reason for which a connection with this is refused. */
async function refusal(auth: object, options: object = {}): Promise<string> {
  const socket = io(node.url, { transports: ['websocket'], auth, reconnection: false, forceNew: true, ...options });
  try {
    const answer = new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', (error: Error & { data?: { error?: { reason: string } } }) =>
        resolve(error.data?.error?.reason ?? error.message),
      );
    });
    return await within('the server lets it in or refuses it', answer);
  } finally {
    socket.close();
  }
}
const good = () => ({ token: pm.program.token, briefing: meeting.briefing, identity: pm.identity });

test('CH1 who is refused at the door, and why', async () => {
  assert.equal(await refusal({}), 'bad-request');
  assert.equal(await refusal({ ...good(), identity: 7 }), 'bad-request');
  assert.equal(await refusal({ ...good(), token: 'nonsense' }), 'unauthenticated');
  assert.equal(await refusal({ ...good(), token: `${pm.program.token.slice(0, -4)}AAAA` }), 'unauthenticated');
  assert.equal(await refusal({ ...good(), token: undefined }), 'unauthenticated');
  assert.equal(await refusal({ ...good(), identity: moderator.identity }), 'forbidden');
  assert.equal(await refusal({ ...good(), briefing: '11111111-1111-4111-8111-111111111111' }), 'not-found');
  assert.equal(await refusal(good(), { extraHeaders: { origin: 'https://elsewhere.example' } }), 'websocket error');
  assert.equal(await refusal(good(), { transports: ['polling'] }), 'xhr poll error');
  assert.ok(pm.socket.connected, 'none of them put out the real one');
});

test('CH2 a page connects with its cookie and the public id of its session', async () => {
  const browser = node.browser();
  const signed = await browser.post('/api/session/link', { secret: await issueLinkFor(node, 'moderator', '01') });
  browser.session = signed.body.session;
  const { body } = await browser.post(`/api/briefings/${meeting.briefing}/join`);
  const auth = { session: browser.session, briefing: meeting.briefing, identity: body.identity };
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const reason = body.error?.reason ?? (await refusal(auth, { extraHeaders: { cookie, origin: node.url } }));
  // Province 01 is not among the southern ones of the demo: known, and yet told of no such briefing (CH15).
  assert.equal(reason, 'not-found');
  assert.equal(await refusal({ ...auth, identity: 'x' }, { extraHeaders: {} }), 'unauthenticated');
});

test('CH3 what is not an act is answered, whatever it is, and nobody else notices', async () => {
  const emit = pm.socket.timeout(5_000).emitWithAck.bind(pm.socket.timeout(5_000)) as (
    ...args: unknown[]
  ) => Promise<{ error?: { reason: string } }>;
  const junk: unknown[][] = [
    ['no.such.act', {}],
    ['__proto__', {}],
    ['constructor'],
    ['call.start'],
    ['call.start', null],
    ['call.start', 'text'],
    ['call.start', { unit: 5 }],
    ['call.start', { unit: '../etc', seconds: 30 }],
    ['call.start', { unit: '79', seconds: 1e9 }],
    ['call.start', { unit: '79', extra: true }],
    ['call.accept', { call: 'not-a-uuid' }],
    ['hand.raise', {}, {}],
    ['presence.list', { root: 'vn', limit: 1e6 }],
    ['seat.remove', { identity: 'x'.repeat(300) }],
    ['call.refuse', { call: Buffer.from([1, 2, 3]), why: 'x' }],
  ];
  for (const message of junk) {
    assert.equal((await emit(...message)).error?.reason, 'bad-request', JSON.stringify(message));
  }
  (pm.socket as unknown as { emit(...args: unknown[]): void }).emit('no.such.act', 'and nobody waits for the answer');
  assert.equal(await pm.refusal('call.accept', { call: '11111111-1111-4111-8111-111111111111' }), 'not-found');
  assert.ok(moderator.socket.connected);
});

test('CH4 broken frames and oversized ones end their own connection alone', async () => {
  const frames = [
    '',
    '4',
    '42',
    '42[',
    '42["x"',
    '45-["x",{"_placeholder":true,"num":0}]',
    '\u0000',
    '9',
    '42'.repeat(20_000),
  ];
  for (const frame of frames) {
    const raw = new WebSocket(`${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    await happens(raw, 'open');
    raw.send(`40${JSON.stringify(good())}`);
    await until('the server took the connection', () => true);
    raw.send(frame);
    raw.send(Buffer.from([0xff, 0x00, 0x34]));
    raw.close();
    await happens(raw, 'close');
  }
  pm.close();
  pm = await meeting.enter('Prime');
  assert.ok(moderator.socket.connected);
  await moderator.act('sync', {});
});

/** More than anybody may say at once. */
const WITHOUT_END = 3_000;

test('CH16 pings of a WebSocket count as messages: whoever sends them without end is cut off, and nobody else', async () => {
  const line = await rawLine();
  line.say(`40${JSON.stringify(good())}`);
  await until('it is let in', () => line.heard.some((text) => text.startsWith('40')));
  for (let i = 0; i < 20; i += 1) line.ping();
  await until('a few are answered', () => line.pongs() === 20);
  assert.ok(line.isOpen());
  for (let i = 0; i < WITHOUT_END; i += 1) line.ping();
  await until('the connection is ended', () => !line.isOpen());
  assert.ok(line.pongs() <= FRAMES.burst + 20, `${line.pongs()} were answered`);
  await moderator.act('sync', {});
});

test('CH17 namespaces that are none count as messages, also before anybody is let in', async () => {
  const line = await rawLine();
  line.say('40/nowhere,{}');
  await until('it is told so', () => line.heard.some((text) => text.startsWith('44/nowhere')));
  for (let i = 0; i < WITHOUT_END; i += 1) line.say('40/nowhere,{}');
  await until('the connection is ended', () => !line.isOpen());
  const told = line.heard.filter((text) => text.startsWith('44/nowhere')).length;
  assert.ok(told <= FRAMES.burst + 20, `${told} were answered`);
  await moderator.act('sync', {});
});

test('CH5 CL50 too many acts of one account in a few seconds are refused, on whichever of its devices', async () => {
  const unit = await communeOf79();
  const devices = [await meeting.withSecret(await issueLinkFor(node, 'seat', unit))];
  devices.push(await meeting.withSecret(await issueLinkFor(node, 'seat', unit)));
  const asked = devices.flatMap((device) => Array.from({ length: 40 }, () => device.ask('sync', {})));
  const refused = (await Promise.all(asked)).flatMap((a) =>
    'error' in a && a.error.reason === 'rate-limited' ? [a.error.retryAfterSeconds ?? 0] : [],
  );
  // Of several nodes none has heard yet of what came at another in the same moment; soon each has.
  if (testNodes === 1) assert.equal(refused.length, 20);
  for (const device of devices)
    await until('it acts no more', async () => {
      const answer = await device.ask('sync', {});
      if ('error' in answer) refused.push(answer.error.retryAfterSeconds ?? 0);
      return 'error' in answer && answer.error.reason === 'rate-limited';
    });
  for (const seconds of refused) assert.ok(seconds >= 1 && seconds <= 10, 'and is told when it may again');
  await moderator.act('sync', {});
  for (const device of devices) device.close();
});

test('CH13 an account that connects without end is told when to come back; others come in', async () => {
  // Of other communes than the other tests take, which come in when this one may not.
  const [, other = '', unit = ''] = await communesOf79(3);
  const eager = await meeting.withSecret(await issueLinkFor(node, 'seat', unit));
  const auth = { token: eager.program.token, briefing: meeting.briefing, identity: eager.identity };
  const seen = await Promise.all(Array.from({ length: 60 }, () => refusal(auth)));
  const refused = seen.filter((reason) => reason === 'rate-limited').length;
  assert.ok((refused > 0 || testNodes > 1) && refused <= 31, `${refused} of 60 were refused`);
  assert.equal(seen.filter((reason) => reason === 'connected').length, 60 - refused);
  await until('it connects no more', async () => (await refusal(auth)) === 'rate-limited');
  const neighbour = await meeting.withSecret(await issueLinkFor(node, 'seat', other));
  for (const client of [eager, neighbour]) client.close();
});

test('CH13 who is refused is told so once, and disconnected', async () => {
  const raw = new WebSocket(`${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const refusals: string[] = [];
  raw.on('message', (data) => {
    if (!String(data).startsWith('44')) return;
    refusals.push(String(data));
    raw.send('40{"token":"nonsense"}');
  });
  await happens(raw, 'open');
  raw.send('40{"token":"nonsense"}');
  await happens(raw, 'close');
  assert.equal(refusals.length, 1);
  assert.match(refusals[0] ?? '', /"message":"bad-request"/);
});

test('CH6 the same device again replaces the older connection', async () => {
  const older = pm;
  pm = await meeting.enter('Prime');
  await older.heardOf('farewell', (f) => f.reason === 'replaced');
  await until('the older one is out', () => !older.socket.connected);
  await pm.act('sync', {});
  await until('those of the tests before have left', () => doors(moderator) <= 0);
  const { rows } = await moderator.act('presence.list', { root: '79', states: ['here', 'door'] });
  assert.deepEqual(rows, [], 'officials are counted nowhere');
});

test('CH6 a device that asks twice on one connection, as pages of before do, is let in once and stays', async () => {
  const line = await rawLine();
  const seat = await meeting.withSecret(await issueLinkFor(node, 'moderator', '79'));
  seat.close();
  const auth = { token: seat.program.token, briefing: meeting.briefing, identity: seat.identity };
  line.say(`40${JSON.stringify(auth)}`);
  line.say(`40${JSON.stringify({ ...auth, equipment: { camera: true, microphone: true } })}`);
  await until('it is let in', () => line.heard.some((text) => text.startsWith('40{"sid"')));
  line.say('420["sync",{}]');
  await until('it acts', () => line.heard.some((text) => text.startsWith('430')));
  assert.equal(line.heard.filter((text) => text.startsWith('40')).length, 1);
  assert.deepEqual([line.heard.filter((text) => text.includes('"farewell"')), line.isOpen()], [[], true]);
  line.close();
});

test('CH6 a second device that asks on the connection of another one ends it, and none of the two is in', async () => {
  const line = await rawLine();
  const links = [await issueLinkFor(node, 'moderator', '79'), await issueLinkFor(node, 'moderator', '79')];
  const devices = await Promise.all(links.map((link) => meeting.withSecret(link)));
  for (const device of devices) device.close();
  for (const { program, identity } of devices)
    line.say(`40${JSON.stringify({ token: program.token, briefing: meeting.briefing, identity })}`);
  await until('it is ended', () => !line.isOpen());
  assert.deepEqual(
    line.heard.filter((text) => text.startsWith('40') || text.startsWith('44')),
    [],
  );
  pm = await meeting.enter('Prime');
});

test('CH7 a session that ended is told so, is out, and does not come back', async () => {
  const seat = await meeting.withSecret(await issueLinkFor(node, 'seat', await communeOf79()));
  assert.equal((await seat.program.send('DELETE', '/api/session')).status, 204);
  await seat.heardOf('farewell', (f) => f.reason === 'session-ended');
  await until('it is out', () => !seat.socket.connected);
  const auth = { token: seat.program.token, briefing: meeting.briefing, identity: seat.identity };
  assert.equal(await refusal(auth), 'unauthenticated');
});

test('CH8 a withdrawn link loses its open page though it does nothing', async () => {
  const unit = await communeOf79();
  const seat = await meeting.withSecret(await issueLinkFor(node, 'seat', unit));
  const { body } = await moderator.program.get(`/api/accounts?unit=${unit}`);
  const issued = await moderator.program.post(`/api/accounts/${body.accounts[0].id}/links`);
  assert.equal(issued.status, 200);
  await seat.heardOf('farewell', (f) => f.reason === 'session-ended');
});

test('CH9 the first notices in their order, with the clock of PostgreSQL whatever this machine’s says', async (t) => {
  const secret = await issueLinkFor(node, 'moderator', '74');
  const real = Date.now();
  t.mock.timers.enable({ apis: ['Date'], now: real + 3_600_000 });
  const guest = await meeting.withSecret(secret);
  await guest.heardOf('rounds', () => true);
  const names = guest.heard.map(({ name }) => name);
  const first = ['clock', 'briefing', 'floor', 'floor.air', 'programme', 'programme.speaker', 'presence', 'rounds'];
  assert.deepEqual(names.slice(0, first.length), first);
  const ahead = Date.parse(guest.all('clock')[0]?.now ?? '') - real;
  assert.ok(Math.abs(ahead) < 600_000, `${ahead} ms`);
  guest.close();
});

test('PR5 officials hear all rows of their territory first, then changed ones, at most 4 a second', async () => {
  const [first] = moderator.all('presence');
  assert.equal(first?.full, true);
  assert.equal(first?.counts[0]?.unit, '79');
  assert.ok((first?.counts.length ?? 0) > 20, 'its districts');
  const [national] = pm.all('presence');
  assert.equal(national?.counts[0]?.unit, 'vn');
  assert.equal(national?.counts[0]?.expected, pm.joined.briefing.expected);

  await until('those of the tests before have left', () => doors(moderator) <= 0);
  const from = moderator.all('presence').length;
  const seats: ChannelClient[] = [];
  const begin = performance.now();
  for (const unit of await communesOf79(8))
    seats.push(await meeting.withSecret(await issueLinkFor(node, 'seat', unit)));
  await until('eight at the door', () => doors(moderator) === 8);
  const ticks = moderator.all('presence').slice(from);
  const seconds = (performance.now() - begin) / 1000;
  assert.ok(ticks.length <= 4 * seconds + 1, `${ticks.length} ticks in ${seconds} s`);
  assert.ok(ticks.every((tick) => !tick.full && tick.counts.every((c) => c.unit !== 'vn')));
  await until('the nation hears of it as well', () => doors(pm) === 8);
  assert.deepEqual(seats[0]?.all('presence'), [], 'seats hear nothing');

  const page = await moderator.act('presence.list', { root: '79', states: ['door'], limit: 5 });
  assert.deepEqual([page.rows.length, page.total], [5, 8]);
  const rest = await moderator.act('presence.list', { root: '79', states: ['door'], limit: 5, after: page.next ?? '' });
  assert.deepEqual([rest.rows.length, rest.next], [3, null]);
  assert.deepEqual((await moderator.act('presence.here', { root: '79' })).here, [], 'at the door is not here');
  assert.equal(await moderator.refusal('presence.here', { root: 'vn' }), 'outside-territory');
  assert.equal(await seats[0]?.refusal('presence.here', { root: '79' }), 'forbidden');
  assert.equal(await moderator.refusal('presence.list', { root: 'vn' }), 'outside-territory');
  assert.equal(await seats[0]?.refusal('presence.list', { root: '79' }), 'forbidden');
  for (const seat of seats) seat.close();
  await until('all have left', () => doors(moderator) === 0);
});

function doors(client: ChannelClient): number {
  const root = client.identity.split('.')[0];
  const rows = client.all('presence').flatMap((tick) => tick.counts.filter((c) => c.unit === root));
  return rows.at(-1)?.door ?? -1;
}

const communesOf79 = async (count: number): Promise<string[]> => {
  const { rows } = await moderator.act('presence.list', { root: '79', states: ['never'], limit: count });
  return rows.map((row) => row.unit);
};
const communeOf79 = async (): Promise<string> => (await communesOf79(1))[0] ?? '';
