import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import type { QuestionPage } from '../../../src/protocol/question.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let elsewhere: ChannelClient;
let one: ChannelClient;
let two: ChannelClient;
before(async () => {
  server = await ServerProcess.create();
  meeting = await Meeting.open(server);
  pm = await meeting.enter('Prime');
  await pm.act('stage.goLive', {});
  moderator = await meeting.enter('moderator');
  elsewhere = await meeting.withSecret(await issueLinkFor(server, 'moderator', '74'));
  one = await meeting.commune(0);
  two = await meeting.commune(1);
});
after(async () => {
  meeting?.close();
  await server?.close();
});
const key = () => randomUUID();
const ask = (by: ChannelClient, text: string) => by.act('question.ask', { key: key(), text });
const path = () => `/api/briefings/${meeting.briefing}`;
const decide = async (by: ChannelClient, questions: string[], decision: { act: 'pass' | 'air' }): Promise<string> => {
  const { body } = await by.program.post(`${path()}/questions/decisions`, { key: key(), questions, decision });
  return body.error?.reason ?? 'done';
};
const list = async (by: ChannelClient) => (await by.program.get(`${path()}/questions?since=0`)).body;
const heardOfQuestions = (by: ChannelClient) => by.heard.filter(({ name }) => name.startsWith('question'));

test('QU6 QU7 QU10 a question is told to officials over its unit, to no other unit and no other province, until it is answered', async () => {
  await elsewhere.heardOf('question.tick', () => true);
  const before = heardOfQuestions(elsewhere).length;
  const asked = await ask(one, 'Bao giờ có vắc-xin?');
  assert.ok(receiptHolds(asked.receipt));
  assert.deepEqual(asked.question.state, { kind: 'sent' });
  await moderator.heardOf('question.tick', ({ count }) => count.open === 1);
  await pm.heardOf('question.tick', ({ count }) => count.open === 1);
  const { rows }: QuestionPage = await list(moderator);
  assert.deepEqual(
    rows.map(({ id, text }) => [id, text]),
    [[asked.question.id, 'Bao giờ có vắc-xin?']],
  );

  assert.deepEqual((await list(elsewhere)).rows, []);
  assert.equal(await decide(elsewhere, [asked.question.id], { act: 'pass' }), 'not-found');
  assert.equal(await decide(one, [asked.question.id], { act: 'pass' }), 'forbidden');
  assert.equal((await list(one)).error.reason, 'forbidden');
  assert.equal(await moderator.refusal('question.ask', { key: key(), text: '?' }), 'forbidden');
  assert.equal(await one.refusal('question.ask', { key: key(), text: 'Thêm một câu?' }), 'conflict');

  assert.equal(await decide(moderator, [asked.question.id], { act: 'pass' }), 'done');
  await one.heardOf('question.own', ({ state }) => state.kind === 'passed');
  assert.deepEqual(heardOfQuestions(elsewhere).slice(before), [], 'another province heard nothing');
  assert.deepEqual(two.all('question.own'), [], 'another commune heard nothing');
  assert.deepEqual(two.all('question.answered'), []);

  assert.equal(await decide(pm, [asked.question.id], { act: 'air' }), 'done');
  for (const client of [one, two, moderator, elsewhere])
    await client.heardOf('question.answered', ({ question, answered }) => question.air !== null && answered === 1);
});

test('QU3 QU13 kill -9 between the commit and the acknowledgement: sent again under its key, it is one question with one receipt', async () => {
  const said = { key: key(), text: 'Trạm y tế lưu động ở đâu?' };
  const postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 1);
  try {
    // Whatever it was told, the device does not know.
    void two.ask('question.ask', said).catch(() => undefined);
    await until(
      'the question is on record',
      async () => (await postgres.query('SELECT FROM question_acts WHERE key = $1', [said.key])).length === 1,
    );
  } finally {
    await postgres.close();
  }
  await server.kill();
  two.close();
  await server.start();
  const again = await ChannelClient.open(server, two.program, meeting.briefing);
  try {
    const { own } = await again.heardOf('questions', () => true);
    assert.deepEqual(
      own.map(({ text }) => text),
      [said.text],
      'it is there after the kill',
    );
    const repeated = await again.act('question.ask', said);
    assert.deepEqual([repeated.first, repeated.question.id], [false, said.key]);
    assert.ok(receiptHolds(repeated.receipt));
    const { body } = await two.program.get(`/api/briefings/${meeting.briefing}/questions/acts/${said.key}`);
    assert.deepEqual([body.asked.receipt.hash, body.over], [repeated.receipt.hash, false]);
    const unknown = (await two.program.get(`/api/briefings/${meeting.briefing}/questions/acts/${key()}`)).body;
    assert.deepEqual(unknown, { asked: null, over: false });
  } finally {
    again.close();
  }
});

test('QU11 QU12 QU14 when the briefing is over the office answers in writing, and the unit reads it', async () => {
  const leader = pm.program;
  const [briefing] = (await leader.get('/api/briefings')).body.briefings;
  assert.equal((await leader.post(`${path()}/close`, { epoch: briefing.epoch })).status, 200);
  const { rows } = (await leader.get(`${path()}/questions?since=0`)).body;
  const open = rows.find(({ state }: { state: { kind: string } }) => state.kind === 'sent');
  const decision = { act: 'write', words: 'Có ở từng phường.' };
  const done = await leader.post(`${path()}/questions/decisions`, { key: key(), questions: [open.id], decision });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const own = (await two.program.get('/api/questions')).body.questions;
  assert.deepEqual(
    own.map(({ rehearsal, question }: { rehearsal: boolean; question: { state: { written: { words: string } } } }) => [
      rehearsal,
      question.state.written.words,
    ]),
    [[false, decision.words]],
  );
  const listed = (await one.program.get(`${path()}/questions/answered`)).body.questions;
  assert.equal(listed.length, 2);
  assert.equal((await one.program.get(`${path()}/questions?since=0`)).status, 403);
  const { questions } = (await leader.get(`${path()}/summary`)).body;
  assert.deepEqual(questions, { asked: 2, air: 1, written: 1, declined: 0, open: 0 });
});
