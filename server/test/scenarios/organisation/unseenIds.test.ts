import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { type Answer, type Program, TestNode } from '../../support/TestNode.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
/** Of a province, and of a commune, that are not among those of the briefing. */
let strangers: readonly Program[];
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
  strangers = [
    await node.signIn(await issueLinkFor(node, 'moderator', '01'), 'province'),
    await node.signIn(await issueLinkFor(node, 'seat', '00001'), 'commune'),
  ];
});
after(async () => {
  meeting?.close();
  await node?.close();
});

const said = ({ status, body }: Answer) => JSON.stringify([status, body?.error]);

test('CH15 whoever has no seat in a briefing is told of it, and of what is in it, as of one that is not there, by every route', async () => {
  const { id: round } = await pm.act('round.open', {
    ...{ key: randomUUID(), question: 'Có mặt?', scope: ['79'], seconds: 600 },
  });
  const asked = await chair.act('question.ask', { key: randomUUID(), text: 'Khi nào có máy bơm?' });
  const official = await node.signIn(await issueLinkFor(node, 'principal', 'vn'), 'office');
  const told = await official.post('/api/directives', {
    ...{ key: randomUUID(), title: 'Kiểm tra đê', text: 'Kiểm tra.', addressees: { to: ['79'] } },
  });
  const directive: string = told.body.directive?.id ?? told.body.id;
  const { briefing } = meeting;
  const question = asked.question.id;
  const key = randomUUID();
  const routes: readonly (readonly [method: string, path: (of: Ids) => string, body?: (of: Ids) => object])[] = [
    ['GET', ({ briefing: id }) => `/api/briefings/${id}`],
    ['POST', ({ briefing: id }) => `/api/briefings/${id}/join`],
    ['POST', ({ briefing: id }) => `/api/briefings/${id}/open`],
    ['POST', ({ briefing: id }) => `/api/briefings/${id}/close`],
    ['POST', ({ briefing: id }) => `/api/briefings/${id}/change`, () => ({ epoch: 1, reason: 'x', title: 'x' })],
    ['POST', ({ briefing: id }) => `/api/briefings/${id}/cancel`, () => ({ epoch: 1, reason: 'x' })],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/producers`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/fit`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/summary`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/sessions`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/attendance`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/readiness`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/calls`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/callable`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/decks`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/calendar.ics`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/stages/looks`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/figures/${'a'.repeat(64)}`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/questions`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/questions/answered`],
    ['GET', ({ briefing: id }) => `/api/briefings/${id}/questions/acts/${key}`],
    [
      'POST',
      ({ briefing: id }) => `/api/briefings/${id}/questions/decisions`,
      (of) => ({ key, questions: [of.question], decision: { act: 'pass' } }),
    ],
    ['GET', ({ round: id }) => `/api/rounds/${id}/history`],
    ['GET', ({ round: id }) => `/api/rounds/${id}/acts`],
    ['GET', ({ round: id }) => `/api/rounds/${id}/answers/${key}`],
    ['POST', ({ round: id }) => `/api/rounds/${id}/answers`, () => ({ key, answerer: 'chair' })],
    ['GET', ({ directive: id }) => `/api/directives/${id}`],
    ['GET', ({ directive: id }) => `/api/directives/${id}/acts`],
    ['GET', ({ directive: id }) => `/api/directives/${id}/board`],
    ['GET', ({ directive: id }) => `/api/directives/${id}/states`],
    ['GET', ({ directive: id }) => `/api/directives/${id}/follows`],
    ['POST', ({ directive: id }) => `/api/directives/${id}/acts`, () => ({ key: randomUUID(), act: 'read' })],
    ['POST', ({ directive: id }) => `/api/directives/${id}/recall`, () => ({ key: randomUUID(), why: 'x' })],
    [
      'POST',
      ({ directive: id }) => `/api/directives/${id}/reply`,
      () => ({ key: randomUUID(), unit: '26734', words: 'x' }),
    ],
  ];
  const there: Ids = { briefing, round, directive, question };
  const nowhere: Ids = { briefing: randomUUID(), round: randomUUID(), directive: randomUUID(), question: randomUUID() };
  const differ: string[] = [];
  for (const [nr, stranger] of strangers.entries())
    for (const [method, path, body] of routes) {
      const ask = async (of: Ids) => said(await stranger.send(method, path(of), body?.(of)));
      const [real, none] = [await ask(there), await ask(nowhere)];
      if (real !== none)
        differ.push(
          `${nr} ${method} ${path({ ...there, briefing: 'B', round: 'R', directive: 'D' })}: ${real} ${none}`,
        );
    }
  assert.deepEqual(differ, []);
});

interface Ids {
  readonly briefing: string;
  readonly round: string;
  readonly directive: string;
  readonly question: string;
}

test('CH15 in a briefing, a round that asks nobody of the caller is answered as one that is not there, by every act', async () => {
  const { id: round } = await pm.act('round.open', {
    ...{ key: randomUUID(), question: 'Có mặt?', scope: ['80'], seconds: 600 },
    number: { label: 'Giường', unit: 'giường', scale: 0, min: 0, max: 10 },
  });
  const moderator = await meeting.enter('moderator');
  const acts: readonly (readonly [ChannelClient, string, object])[] = [
    [moderator, 'round.wall', {}],
    [moderator, 'round.numbers', {}],
    [moderator, 'round.entries', { root: '79' }],
    [moderator, 'round.close', { key: randomUUID() }],
    [moderator, 'round.extend', { key: randomUUID(), seconds: 60 }],
    [moderator, 'round.reopen', { key: randomUUID(), seconds: 60 }],
    [moderator, 'round.enter', { key: randomUUID(), unit: '26734', as: 'excused', note: 'x' }],
    [chair, 'round.expected', {}],
    [chair, 'round.answer', { key: randomUUID(), answerer: 'chair' }],
    [chair, 'round.wall', {}],
  ];
  for (const [who, act, rest] of acts) {
    const line = who.socket.timeout(5_000) as unknown as { emitWithAck(name: string, ask: object): Promise<unknown> };
    const ask = (id: string) => line.emitWithAck(act, { ...rest, round: id });
    assert.deepEqual(await ask(round), await ask(randomUUID()), act);
  }
});
