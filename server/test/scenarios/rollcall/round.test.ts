import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import type { Receipt } from '../../../src/protocol/record.ts';
import type { Round, RoundCount } from '../../../src/protocol/rollcall.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let [one, two, three] = [] as unknown as [ChannelClient, ChannelClient, ChannelClient];
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
  [one, two, three] = [await meeting.commune(0), await meeting.commune(1), await meeting.commune(2)];
});
after(async () => {
  meeting?.close();
  await node?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';
const key = () => randomUUID();

const open = (by: ChannelClient, more: object = {}): Promise<Round> =>
  by.act('round.open', { key: key(), question: 'Có mặt?', scope: ['79'], seconds: 600, ...more });
const answer = (round: Round, by: ChannelClient, more: object = {}) =>
  by.act('round.answer', { round: round.id, key: key(), answerer: 'chair', ...more });
const hears = (round: Round, client: ChannelClient, fact: (round: Round, again: boolean) => boolean = () => true) =>
  client.heardOf('round', (n) => n.round.id === round.id && fact(n.round, n.again));
/** What an official knows of a unit: ticks over ticks. */
const count = (round: Round, client: ChannelClient, unit: string): RoundCount | undefined => {
  const ticks = client.all('round.tick').filter((t) => t.round === round.id);
  return ticks
    .slice(ticks.findLastIndex((t) => t.full))
    .flatMap((t) => t.counts.filter((c) => c.unit === unit))
    .at(-1);
};

test('RC1 RC3 RC7 RC15 RC17 a round from its opening to its end', async () => {
  const round = await open(moderator);
  assert.deepEqual([round.nr, round.state, round.expected], [1, 'open', 273]);
  await Promise.all([one, two, pm, moderator].map((client) => hears(round, client)));

  const done = await answer(round, one, { answerer: 'substitute', name: 'Nguyễn Văn B' });
  assert.deepEqual([done.first, done.entry.state, done.entry.name], [true, 'substituted', 'Nguyễn Văn B']);
  assert.ok(receiptHolds(done.receipt));
  const noted = await moderator.act('round.enter', { round: round.id, unit: unitOf(two), key: key(), as: 'official' });
  assert.equal(noted.entry.state, 'official');
  await moderator.act('round.enter', { round: round.id, unit: unitOf(three), key: key(), as: 'excused', note: 'lũ' });
  await three.heardOf('round.entry', (e) => e.round === round.id && e.state === 'excused' && e.note === 'lũ');
  assert.equal(one.all('round.entry').length, 0, 'the device that answered has its acknowledgement');

  for (const [client, unit] of [
    [moderator, '79'],
    [pm, '79'],
    [pm, 'vn'],
  ] as const)
    await until(`${client.identity} has the sums of ${unit}`, () => {
      const sums = count(round, client, unit);
      return sums && sums.substituted === 1 && sums.official === 1 && sums.excused === 1 && sums.called === 270;
    });

  const closed = await moderator.act('round.close', { key: randomUUID(), round: round.id });
  assert.deepEqual([closed.state, closed.version], ['closed', 2]);
  await hears(round, one, (r) => r.state === 'closed');
  await until('no unit is in an unknown state', () => count(round, moderator, '79')?.absent === 270);
  assert.equal(await two.refusal('round.answer', { round: key(), key: key(), answerer: 'chair' }), 'not-found');
  const third = await three.refusal('round.answer', { round: round.id, key: key(), answerer: 'chair' });
  assert.equal(third, 'too-late');

  const query = { round: round.id, root: '79', states: ['substituted', 'official', 'excused'] as const };
  const page = await moderator.act('round.entries', { ...query, states: [...query.states], limit: 2 });
  assert.deepEqual([page.total, page.entries.length, page.entries[0]?.unit], [3, 2, unitOf(one)]);
  const rest = await moderator.act('round.entries', {
    ...query,
    states: [...query.states],
    ...(page.next && { after: page.next }),
  });
  assert.deepEqual([rest.entries.length, rest.next], [1, null]);
  const wall = await moderator.act('round.wall', { round: round.id });
  assert.deepEqual([wall.entries.length, wall.seq], [273, 3]);
  const delta = await moderator.act('round.wall', { round: round.id, since: 2 });
  assert.deepEqual(delta.entries, [[unitOf(three), 'excused']]);
});

test('RC9 DL8 a repeated answer gets the first receipt, under its key and under another, from any device', async () => {
  const round = await open(moderator);
  const ask = { round: round.id, key: key(), answerer: 'chair' as const };
  const [first, again] = await Promise.all([one.act('round.answer', ask), one.act('round.answer', ask)]);
  assert.deepEqual([first.first, again.first], [true, false]);
  assert.deepEqual(again.receipt, first.receipt);
  const other = await answer(round, one, { answerer: 'deputy' });
  assert.deepEqual([other.first, other.receipt, other.entry], [false, first.receipt, first.entry]);
});

test('RC6 RC10 RC16 who may do what, and where', async () => {
  const round = await open(pm, { scope: ['80'], answerers: ['chair'] });
  assert.equal(await one.refusal('round.answer', { round: round.id, key: key(), answerer: 'chair' }), 'not-found');
  assert.equal(await moderator.refusal('round.close', { key: randomUUID(), round: round.id }), 'not-found');
  assert.equal(
    await moderator.refusal('round.extend', { key: randomUUID(), round: round.id, seconds: 60 }),
    'not-found',
  );
  const again = { key: key(), round: round.id, seconds: 60 };
  assert.equal(await moderator.refusal('round.reopen', again), 'not-found');
  const query = { round: round.id, root: '80' };
  assert.equal(
    await moderator.refusal('round.entries', query),
    'outside-territory',
    'of another territory, whatever the round',
  );
  assert.equal(await one.refusal('round.entries', query), 'forbidden');
  assert.equal(await one.refusal('round.wall', { round: round.id }), 'forbidden');
  assert.equal(
    await one.refusal('round.open', { key: key(), question: '?', scope: [unitOf(one)], seconds: 60 }),
    'forbidden',
  );
  assert.ok(
    ![...one.all('round'), ...moderator.all('round')].some((n) => n.round.id === round.id),
    'nor are they told',
  );
  const mine = await open(pm, { answerers: ['chair'] });
  const deputy = { round: mine.id, key: key(), answerer: 'deputy' as const };
  assert.equal(await one.refusal('round.answer', deputy), 'forbidden');
});

test('RC11 the digits are on the stage, not on the seats', async () => {
  const round = await open(moderator, { proof: 'challenge' });
  const { challenge } = round;
  assert.match(challenge ?? '', /^\d\d$/);
  assert.equal((await hears(round, pm)).round.challenge, challenge);
  assert.equal((await hears(round, one)).round.challenge, null);
  const wrong = {
    round: round.id,
    key: key(),
    answerer: 'chair' as const,
    challenge: challenge === '00' ? '01' : '00',
  };
  assert.equal(await one.refusal('round.answer', wrong), 'wrong-proof');
  const done = await one.act('round.answer', { ...wrong, challenge: challenge ?? '' });
  assert.deepEqual([done.first, done.entry.state], [true, 'answered']);
  assert.equal((await moderator.act('round.close', { key: randomUUID(), round: round.id })).challenge, null);
});

test('RC12 RC18 an answer that waits for an official is confirmed by one', async () => {
  const round = await open(moderator, { proof: 'official' });
  const waits = await answer(round, one);
  assert.deepEqual([waits.entry.state, waits.entry.unconfirmed], ['unconfirmed', true]);
  const by = (as: 'official' | 'confirm') => ({ round: round.id, unit: unitOf(one), key: key(), as });
  assert.equal(await moderator.refusal('round.enter', by('official')), 'conflict');
  const done = await moderator.act('round.enter', by('confirm'));
  assert.deepEqual([done.entry.state, done.entry.unconfirmed], ['answered', false]);
  await one.heardOf('round.entry', (e) => e.round === round.id && e.state === 'answered');
});

test('RC14 a quorum by province is live', async () => {
  const round = await open(pm, { scope: [unitOf(one), unitOf(two)], quorum: { tier: 'province', percent: 100 } });
  const quorum = () =>
    pm
      .all('round.tick')
      .filter((t) => t.round === round.id)
      .at(-1)?.quorum;
  await until('it is missed', () => quorum()?.missing.join() === '79');
  await answer(round, one);
  await answer(round, two);
  await until('it is satisfied', () => quorum()?.satisfied);
  const nobody = { key: key(), question: '?', scope: ['79'], seconds: 60, quorum: { tier: 'hamlet', percent: 50 } };
  assert.equal(await pm.refusal('round.open', nobody), 'bad-request');
});

test('RC3 RC4 RC5 DL4 DL10 due, asked again, late, extended, and again for those who are missing', async () => {
  const scope = [one, two, three].map(unitOf);
  const round = await open(moderator, { scope, seconds: 5, lateSeconds: 600, repromptSeconds: 5 });
  await answer(round, one);
  await hears(round, two, (r) => r.state === 'due');
  await hears(round, two, (_, again) => again);
  assert.ok(!one.all('round').some((n) => n.round.id === round.id && n.again), 'who has answered is left in peace');
  await until('absent for now', () => count(round, moderator, '79')?.absent === 2);
  assert.equal((await answer(round, two)).entry.state, 'late');
  const longer = await moderator.act('round.extend', { key: randomUUID(), round: round.id, seconds: 600 });
  assert.deepEqual([longer.state, longer.version], ['open', 2]);
  await hears(round, three, (r) => r.version === 2);
  await until('called again', () => count(round, moderator, '79')?.called === 1);

  const next = await moderator.act('round.reopen', { key: key(), round: round.id, seconds: 600 });
  assert.deepEqual([next.reopens, next.expected, next.nr], [round.id, 1, round.nr + 1]);
  await hears(next, three);
  await hears(round, three, (r) => r.state === 'closed');
  assert.equal((await answer(next, three)).entry.state, 'answered');
  assert.equal(await moderator.refusal('round.reopen', { key: key(), round: next.id, seconds: 600 }), 'conflict');
});

test('RC19 RC20 RC21 RC22 a unit answers beside a note, corrects itself, and reads all of it over HTTP on another device', async () => {
  const round = await open(moderator, { answerers: ['chair', 'deputy'] });
  const { id } = round;
  await moderator.act('round.enter', { round: id, unit: unitOf(one), key: key(), as: 'official' });
  const said = { round: id, key: key(), answerer: 'chair' } as const;
  const first = await one.act('round.answer', said);
  assert.deepEqual([first.first, first.entry.state, first.entry.own?.nr], [true, 'answered', 1]);
  const corrected = await one.act('round.answer', { ...said, key: key(), answerer: 'deputy', corrects: 1 });
  assert.deepEqual([corrected.first, corrected.entry.answerer, corrected.entry.own?.nr], [true, 'deputy', 2]);
  assert.equal(await one.refusal('round.answer', { ...said, key: key(), corrects: 1 }), 'conflict');
  await until('it counts once', () => count(round, pm, '79')?.answered === 1 && count(round, pm, '79')?.official === 0);

  const link = node.links.filter(({ who }) => who.startsWith('commune'))[0];
  const program = await node.signIn(secretOf(link?.url ?? ''), 'meeting');
  const { body } = await program.get(`/api/rounds/${id}/history`);
  assert.deepEqual(
    body.records.map((r: { kind: string; receipt: unknown }) => [r.kind, r.receipt !== null]),
    [
      ['official', false],
      ['answer', true],
      ['correction', true],
    ],
  );
  assert.deepEqual(
    body.refused.map((r: { reason: string; corrects: boolean }) => [r.reason, r.corrects]),
    [['conflict', true]],
  );
  const own = await program.get('/api/answers?limit=1');
  assert.deepEqual([own.body.answers[0].round.id, own.body.answers[0].records.length], [id, 3]);
  const { round: _, ...again } = said;
  const settled = await program.post(`/api/rounds/${id}/answers`, again);
  assert.deepEqual(settled.body.entered.receipt, first.receipt);
  assert.deepEqual((await program.get(`/api/rounds/${id}/answers/${said.key}`)).body, settled.body);
  const elsewhere = await program.get(`/api/rounds/${id}/history?unit=${unitOf(two)}`);
  assert.deepEqual([elsewhere.status, elsewhere.body.error.reason], [403, 'outside-territory']);
});

test('RC23 officials have receipts of the opening of a round, of its extension and of its end; others do not', async () => {
  const { id } = await open(moderator, { scope: ['760'], key: key() });
  await moderator.act('round.extend', { key: key(), round: id, seconds: 60 });
  await moderator.act('round.close', { key: key(), round: id });
  const ask = async (who: string) => {
    const url = node.links.find((link) => link.who.startsWith(who))?.url ?? '';
    return (await node.signIn(secretOf(url), 'meeting')).get(`/api/rounds/${id}/acts`);
  };
  const { body } = await ask('Prime');
  assert.deepEqual(
    body.acts.map((done: { act: string; by: string; receipt: Receipt }) => [done.act, receiptHolds(done.receipt)]),
    [
      ['open', true],
      ['extend', true],
      ['close', true],
    ],
  );
  assert.equal(body.acts[0].receipt.record.id, id);
  assert.deepEqual((await ask('moderator')).body, body);
  assert.deepEqual((await ask('commune')).body.error.reason, 'forbidden');
});

test('DL3 what a device has missed comes with its welcome', async () => {
  const round = await open(moderator);
  await answer(round, one);
  for (const client of [one, moderator]) {
    const welcomes = client.all('rounds').length;
    client.socket.disconnect().connect();
    await until('a welcome', () => client.all('rounds').length > welcomes);
  }
  const welcome = one.all('rounds').at(-1);
  assert.ok(welcome, 'a welcome');
  assert.ok(welcome.rounds.some((r) => r.id === round.id && r.state === 'open'));
  // At another node than the one where it answered it is told a moment later.
  const entries = () => [...welcome.entries, ...one.all('round.entry')].filter((e) => e.round === round.id);
  await until('its own answer', () => entries().at(-1)?.state === 'answered');
  await until('the sums', () => count(round, moderator, '79')?.answered === 1);
});
