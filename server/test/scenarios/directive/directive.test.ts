import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import {
  attachmentSchema,
  type Directive,
  directiveBoardSchema,
  directiveItemSchema,
  directiveListSchema,
  directiveSchema,
  type Followed,
  followedSchema,
  followHistorySchema,
} from '../../../src/protocol/directive.ts';
import { problemSchema } from '../../../src/protocol/errors.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor, issueLinksFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { testNodes } from '../../support/severalNodes.ts';
import type { Program } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let one: ChannelClient;
let two: ChannelClient;
let three: ChannelClient;
before(async () => {
  node = await ServerProcess.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.withSecret(await issueLinkFor(node, 'moderator', '79'));
  [one, two, three] = [await meeting.commune(0), await meeting.commune(1), await meeting.commune(2)];
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
  await node?.close();
});

const unitOf = ({ identity }: ChannelClient) => identity.slice(0, identity.indexOf('.'));
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const wanted = (more: object = {}) => ({
  key: randomUUID(),
  title: 'Lập chốt kiểm soát',
  text: 'Chủ tịch xã trực tiếp chỉ đạo.',
  addressees: { to: ['vn'] },
  deadline: inSeconds(7 * 86_400),
  ...more,
});
const issue = async (more: object = {}): Promise<Directive> => {
  const { status, body } = await pm.program.post('/api/directives', wanted(more));
  assert.equal(status, 200, JSON.stringify(body));
  return directiveSchema.parse(body);
};
let directive: Directive;
const url = (rest = '') => `/api/directives/${directive.id}${rest}`;
const act = async ({ program }: ChannelClient, doing: object): Promise<Followed> => {
  const { status, body } = await program.post(url('/acts'), { key: randomUUID(), ...doing });
  assert.equal(status, 200, JSON.stringify(body));
  return followedSchema.parse(body);
};
const reason = async (who: Program, path: string, body: object) => (await who.post(path, body)).body.error?.reason;
const verify = async () => {
  const snapshot = await Snapshot.create(node.stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
};

test('DR4 DR11 DR30 given live it has the second, reaches the devices of its units, and counts who is not here', async () => {
  const preview = await pm.program.post('/api/directives/preview', { to: ['vn'] });
  directive = await issue({ briefing: meeting.briefing });
  assert.deepEqual([directive.number, directive.briefing], [1, meeting.briefing]);
  assert.ok(directive.second !== null && directive.second >= 0);
  assert.equal(directive.addressees, preview.body.addressees);
  for (const chair of [one, two, three])
    assert.deepEqual(await chair.heardOf('directive', ({ id }) => id === directive.id), directive);
  const tick = await pm.heardOf('directive.tick', (t) => t.directive === directive.id && t.root === 'vn');
  const { counts } = directiveBoardSchema.parse((await pm.program.get(url('/board'))).body);
  const [total] = counts;
  assert.equal(total?.addressees, directive.addressees);
  // CL40: of who has just come to another node this one hears within a second; `directive/twoNodes` awaits that.
  const known = directive.addressees - (total?.absentees ?? 0);
  assert.ok(testNodes === 1 ? known === 3 : known <= 3, `${known} were not counted as absent`);
  assert.deepEqual(tick.counts, counts);
});

test('AK5 AK6 AK7 AK8 acknowledged, asked about, refused: each hears its own, officials hear sums', async () => {
  const words = { name: 'Lê Văn A', words: 'Công an xã làm', promised: '2099-12-01' };
  const done = await act(one, { act: 'acknowledge', ...words });
  assert.deepEqual(
    [done.follow.state, done.follow.axis, done.first, receiptHolds(done.receipt)],
    ['acknowledged', '04', true, true],
  );
  await act(two, { act: 'ask', words: 'Ai cấp vật tư?' });
  await act(three, { act: 'refuse', name: 'Trần Thị B', words: 'Xã đã sáp nhập' });
  const { status } = await pm.program.post(url('/reply'), { key: randomUUID(), unit: unitOf(two), words: 'Tỉnh cấp' });
  assert.equal(status, 200);
  await two.heardOf('directive.follow', ({ reply, state }) => reply === 'Tỉnh cấp' && state === 'read');
  for (const [official, root] of [
    [pm, 'vn'],
    [moderator, '79'],
  ] as const) {
    const board = directiveBoardSchema.parse((await official.program.get(url('/board'))).body).counts;
    const total = board.find(({ unit }) => unit === root);
    assert.ok(total);
    const told = await official.heardOf('directive.tick', ({ counts }) =>
      counts.some((row) => row.unit === root && isDeepStrictEqual(row, total)),
    );
    assert.equal(told.root, root);
    assert.ok(told.counts.length < board.length, 'only the rows that changed');
  }
  assert.deepEqual(
    [...one.all('directive.follow'), ...three.all('directive.follow')].filter(({ unit }) => unit === unitOf(two)),
    [],
  );
  assert.equal(pm.all('directive.follow').length, 0);
});

test('DR11 DR14 an absentee finds it when it signs in, outside the briefing', async () => {
  const late = await node.signIn(await issueLinkFor(node, 'seat', '00001'), 'late');
  const { body } = await late.get('/api/directives?box=inbox&open=true');
  const [item] = directiveListSchema.parse(body).directives;
  assert.deepEqual(item?.directive, directive);
  assert.deepEqual([item?.follow?.state, item?.follow?.absentee], ['sent', true]);
  assert.equal((await late.post(url('/acts'), { key: randomUUID(), act: 'read' })).status, 200);
  const { counts } = directiveBoardSchema.parse((await pm.program.get(url('/board?root=00001'))).body);
  assert.deepEqual([counts[0]?.states, counts[0]?.absentees], [{ read: 1 }, 1]);
});

test('DR23 DR24 DR26 a file goes up and comes down as it was, always to be saved', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(700_000, 'điều')]);
  const send = (body: Buffer<ArrayBuffer> | string, type = 'application/pdf', who = pm.program) =>
    fetch(`${node.url}/api/attachments?name=${encodeURIComponent('Chỉ thị "16".exe')}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, authorization: `Bearer ${who.token}` },
    });
  const attachment = attachmentSchema.parse(await (await send(bytes)).json());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual(attachment, { sha256, name: 'Chỉ thị _16_.exe.pdf', type: 'application/pdf', size: bytes.length });
  const refused = async (answer: Promise<Response>) => {
    const { status } = await answer;
    const { error } = problemSchema.parse(await (await answer).json());
    return [status, error.reason];
  };
  assert.deepEqual(await refused(send('<html>')), [400, 'bad-request']);
  assert.deepEqual(await refused(send('{}', 'application/json')), [400, 'bad-request']);
  assert.deepEqual(await refused(send(bytes, 'application/pdf', one.program)), [403, 'forbidden']);
  assert.deepEqual(await refused(send(Buffer.alloc(11 * 1024 * 1024, '%PDF-'))), [413, 'too-large']);

  const down = (who: Program) =>
    fetch(`${node.url}/api/attachments/${sha256}`, { headers: { authorization: `Bearer ${who.token}` } });
  assert.deepEqual(await refused(down(one.program)), [404, 'not-found']);
  await issue({ addressees: { to: [unitOf(one)] }, attachments: [{ sha256, name: attachment.name }] });
  const answer = await down(one.program);
  assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes));
  assert.deepEqual(
    ['content-type', 'content-length', 'x-content-type-options', 'cache-control'].map((name) =>
      answer.headers.get(name),
    ),
    ['application/pdf', String(bytes.length), 'nosniff', 'no-store'],
  );
  const disposition = answer.headers.get('content-disposition') ?? '';
  assert.match(disposition, /^attachment; /);
  assert.ok(disposition.includes(`filename*=UTF-8''${encodeURIComponent('Chỉ thị _16_.exe.pdf')}`), disposition);
  assert.deepEqual(await refused(down(two.program)), [404, 'not-found']);
});

test('DR8 DR13 AK3 rights hold over HTTP', async () => {
  assert.equal(await reason(one.program, '/api/directives', wanted()), 'forbidden');
  assert.equal(await reason(moderator.program, '/api/directives', wanted()), 'outside-territory');
  assert.equal(await reason(moderator.program, url('/recall'), { key: randomUUID(), why: 'x' }), 'outside-territory');
  const local = (await moderator.program.post('/api/directives', wanted({ addressees: { to: ['79'] } }))).body;
  assert.deepEqual([local.number, local.issuer.unit], [1, '79']);
  const hanoi = await node.signIn(await issueLinkFor(node, 'seat', '00001'), 'hanoi');
  assert.equal(
    await reason(hanoi, `/api/directives/${local.id}/acts`, { key: randomUUID(), act: 'read' }),
    'not-found',
  );
  assert.equal((await hanoi.get(`/api/directives/${local.id}`)).body.error.reason, 'not-found');
  assert.equal((await hanoi.get(url('/board?root=vn'))).body.error.reason, 'outside-territory');
  assert.equal(await reason(pm.program, '/api/directives', { ...wanted(), text: '' }), 'bad-request');
  assert.equal((await issue({ addressees: { to: [unitOf(one)] }, text: 'ề'.repeat(20_000) })).text.length, 20_000);
  assert.equal(await reason(pm.program, '/api/directives', { ...wanted(), text: 'ề'.repeat(20_001) }), 'bad-request');
});

test('AK2 kill -9 in the middle: every act that was confirmed is there once, the others when they are repeated', async () => {
  const units = Array.from({ length: 24 }, (_, i) => i);
  const codes = (await pm.program.get('/api/roster?root=01')).body.units
    .filter(([, , tier]: string[]) => tier === 'commune')
    .map(([code]: string[]) => code) as string[];
  const there = codes.filter((code) => code !== '00001').slice(0, units.length);
  const secrets = await issueLinksFor(node, 'seat', there);
  const programs: Program[] = [];
  for (const secret of secrets) programs.push(await node.signIn(secret, 'crowd'));
  const doing = [
    { act: 'delivered' },
    { act: 'read' },
    { act: 'acknowledge', name: 'A', words: 'Làm' },
    ...Array.from({ length: 4 }, (_, i) => ({ act: 'start', words: `Bước ${i}` })),
    { act: 'done', words: 'Xong' },
  ];
  const confirmed: Followed[] = [];
  /** As a page does: until it is confirmed, under the same key. */
  const say = async (program: Program, body: object): Promise<Followed> => {
    const asked = { key: randomUUID(), ...body };
    return until(
      'the act is confirmed',
      async () => {
        const answer = await program.post(url('/acts'), asked).catch(() => undefined);
        if (answer?.status === 200) return followedSchema.parse(answer.body);
        assert.ok(answer === undefined || answer.status === 503, JSON.stringify(answer?.body));
        return undefined;
      },
      60_000,
    );
  };
  const crowd = programs.map(async (program) => {
    for (const body of doing) confirmed.push(await say(program, body));
  });
  await until('a third is confirmed', () => confirmed.length > (there.length * doing.length) / 3 || undefined, 60_000);
  await node.kill();
  await node.start();
  await Promise.all(crowd);

  assert.ok(confirmed.every(({ receipt }) => receiptHolds(receipt)));
  assert.equal(
    new Set(confirmed.map(({ receipt }) => `${receipt.chain} ${receipt.seal} ${receipt.leaf}`)).size,
    confirmed.length,
  );
  for (const [i, program] of programs.entries()) {
    const { acts } = followHistorySchema.parse((await program.get(url('/acts'))).body);
    assert.deepEqual(
      acts.map(({ act }) => act),
      ['issue', ...doing.map(({ act }) => act)],
      there[i],
    );
  }
  const { counts } = directiveBoardSchema.parse((await pm.program.get(url('/board'))).body);
  assert.equal(counts[0]?.states.done, there.length);
  await verify();
});

test('DR17 DR30 AK12 a recall is told, agreed to and refused', async () => {
  for (const chair of [one, two, three])
    await until('the line is back', () => chair.socket.connected || undefined, 30_000);
  const { status, body } = await pm.program.post(url('/recall'), { key: randomUUID(), why: 'Đã có chỉ thị mới' });
  assert.equal(status, 200, JSON.stringify(body));
  for (const chair of [one, two, three])
    await chair.heardOf('directive', ({ id, state }) => id === directive.id && state === 'recalled');
  assert.equal((await act(two, { act: 'agree-recall' })).follow.axis, '15');
  assert.equal((await act(one, { act: 'refuse-recall', words: 'Đã làm một phần' })).follow.axis, '16');
  assert.equal(await reason(three.program, url('/acts'), { key: randomUUID(), act: 'agree-recall' }), 'conflict');
  const own = directiveItemSchema.parse((await one.program.get(url())).body);
  assert.deepEqual([own.directive.state, own.follow?.state], ['recalled', 'recall-refused']);
});

test('DR28 DR29 at the deadline those who are behind are reminded, once', async () => {
  const short = await issue({ addressees: { to: [unitOf(one), unitOf(two)] }, deadline: inSeconds(10) });
  const say = (chair: ChannelClient, body: object) =>
    chair.program.post(`/api/directives/${short.id}/acts`, { key: randomUUID(), ...body });
  await say(two, { act: 'acknowledge', name: 'B', words: 'Làm' });
  assert.equal((await say(two, { act: 'done', words: 'Xong' })).body.follow.timing, 'on-time');
  const reminder = await one.heardOf('directive.reminder', (r) => r.directive === short.id, 30_000);
  assert.deepEqual([reminder.moment, reminder.number, reminder.title], ['deadline', short.number, short.title]);
  const late = await say(one, { act: 'acknowledge', name: 'A', words: 'Làm' });
  assert.equal(late.body.follow.timing, 'overdue');
  assert.equal((await say(one, { act: 'done', words: 'Xong' })).body.follow.timing, 'late');
  assert.equal(one.all('directive.reminder').length, 1);
  assert.equal(two.all('directive.reminder').length, 0);
});

test('DR18 DR30 a successor is told, with the end of the one before', async () => {
  const older = await issue({ addressees: { to: [unitOf(three)] } });
  const newer = await issue({ addressees: { to: [unitOf(three)] }, supersedes: older.id });
  await three.heardOf('directive', ({ id, state, supersededBy }) => {
    return id === older.id && state === 'superseded' && supersededBy === newer.id;
  });
  await three.heardOf('directive', ({ id, supersedes }) => id === newer.id && supersedes === older.id);
  await verify();
});
