import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Reason } from '../../protocol/errors.ts';
import { DomainError } from '../../protocol/errors.ts';
import type { Account, Role, UnitPath } from '../../protocol/organisation.ts';
import { codeOf } from '../../protocol/organisation.ts';
import type { Decision } from '../../protocol/question.ts';
import { decideQuestions, type QuestionAsk, type QuestionMoment } from './decide.ts';
import { deskOver, type QuestionAct, type QuestionFacts, stateOf } from './facts.ts';
import { MOST_ASKED, MOST_UNIT_ACTS, OFFICE_DAYS } from './limits.ts';

const now = new Date('2026-09-02T02:00:00.000Z');
const briefing = randomUUID();

function actor(role: Role, path: UnitPath): QuestionAsk['by'] {
  const unit = { code: codeOf(path), path, name: path };
  const account = { id: `${role} ${path}`, name: `${role} of ${path}`, role, unit } as Account;
  return { account, identity: `${path}.a`, address: '10.0.0.1', person: null };
}
const seat = actor('seat', 'vn.1.11.111');
const neighbour = actor('seat', 'vn.1.11.112');
const district = actor('moderator', 'vn.1.11');
const province = actor('moderator', 'vn.1');
const elsewhere = actor('moderator', 'vn.2');
const nation = actor('moderator', 'vn');
const principal = actor('principal', 'vn');

type Step = (known: readonly string[]) => QuestionAsk;
const ask =
  (by = seat, text = 'Bao giờ?', more: { changes?: number; key?: string } = {}): Step =>
  (known) => ({
    ...{ act: 'ask', by, key: more.key ?? randomUUID(), text },
    ...(more.changes !== undefined && { changes: known[more.changes] as string }),
  });
const withdraw =
  (by = seat, nr = 0): Step =>
  (known) => ({ act: 'withdraw', by, key: randomUUID(), question: known[nr] ?? randomUUID() });
const decides =
  (by: QuestionAsk['by'], decision: Decision | ((known: readonly string[]) => Decision), ...nrs: number[]): Step =>
  (known) => ({
    ...{ act: 'decide', by, key: randomUUID() },
    questions: (nrs.length > 0 ? nrs : [0]).map((nr) => known[nr] ?? randomUUID()),
    decision: typeof decision === 'function' ? decision(known) : decision,
  });
const pass = { act: 'pass' } as const;
const air = { act: 'air' } as const;
const decline = { act: 'decline', words: 'Đã trả lời ở phiên trước' } as const;
const write = { act: 'write', words: 'Trong tháng này.' } as const;
const into = (nr: number) => (known: readonly string[]) => ({ act: 'join', into: known[nr] as string }) as const;

/** One after the other, as if each was a transaction. @returns questions in the order of asking; what was refused last */
function run(steps: readonly Step[], of: Partial<QuestionMoment['briefing']> = {}, at = now) {
  const acts: QuestionAct[] = [];
  const known: string[] = [];
  const questions = new Map<string, QuestionFacts>();
  let refused: Reason | undefined;
  for (const step of steps) {
    const moment: QuestionMoment = {
      ...{ now: at, seq: acts.length, acts },
      briefing: { id: briefing, state: 'live', stage: 'vn', closedAt: null, ...of },
    };
    const one = step(known);
    const { decisions, fresh } = decideQuestions([one], moment);
    acts.push(...fresh);
    for (const act of fresh) if (act.act === 'ask') known.push(act.question);
    const [decision] = decisions;
    refused = undefined;
    if (decision && 'error' in decision) {
      if (!(decision.error instanceof DomainError)) throw decision.error;
      refused = decision.error.reason;
    } else for (const question of decision?.after ?? []) questions.set(question.id, question);
  }
  return { acts, refused, questions: known.map((id) => questions.get(id) as QuestionFacts) };
}
const states = (steps: readonly Step[]) => run(steps).questions.map((question) => stateOf(question).kind);

test('QU5 the first desk is that of the tier over the unit, the last that of the stage', () => {
  const table: [UnitPath, UnitPath, UnitPath][] = [
    ['vn.1.11.111', 'vn', 'vn.1.11'],
    ['vn.1.11', 'vn', 'vn.1'],
    ['vn.1', 'vn', 'vn'],
    ['vn', 'vn', 'vn'],
    ['vn.1.11', 'vn.1', 'vn.1'],
    ['vn.1', 'vn.1', 'vn.1'],
    ['vn.2.21', 'vn.1', 'vn.1'],
  ];
  for (const [path, stage, desk] of table) assert.equal(deskOver(path, stage), desk, `${path} under ${stage}`);
});

test('QU1 QU3 QU4 a unit has one open question, which is its own until somebody decides on it', () => {
  const table: [string, Step[], Reason | undefined][] = [
    ['asks', [ask()], undefined],
    ['asks a second', [ask(), ask()], 'conflict'],
    ['so does a neighbour', [ask(), ask(neighbour)], undefined],
    ['changes it', [ask(), ask(seat, 'Khi nào?', { changes: 0 })], undefined],
    ['takes it back and asks anew', [ask(), withdraw(), ask()], undefined],
    ['takes it back twice', [ask(), withdraw(), withdraw()], 'too-late'],
    ['asks after it was declined', [ask(), decides(district, decline), ask()], undefined],
    ['asks after it was answered', [ask(), decides(nation, write), ask()], undefined],
    ['asks while it is passed up', [ask(), decides(district, pass), ask()], 'conflict'],
    ['changes what was passed up', [ask(), decides(district, pass), ask(seat, '?', { changes: 0 })], 'too-late'],
    ['takes back what was passed up', [ask(), decides(district, pass), withdraw()], 'too-late'],
    ["changes a neighbour's", [ask(), ask(neighbour, '?', { changes: 0 })], 'not-found'],
    ["takes a neighbour's back", [ask(), withdraw(neighbour)], 'not-found'],
    ['an official asks', [ask(district)], 'forbidden'],
  ];
  for (const [name, steps, reason] of table) assert.equal(run(steps).refused, reason, name);
  assert.deepEqual(run([ask(), ask(seat, 'Khi nào?', { changes: 0 })]).questions[0]?.text, 'Khi nào?');
});

test('QU1 QU12 nothing is asked before the doors open or after the end', () => {
  assert.equal(run([ask()], { state: 'scheduled' }).refused, 'not-live');
  assert.equal(run([ask()], { state: 'closed', closedAt: now }).refused, 'briefing-closed');
  assert.equal(run([ask()], { state: 'open' }).refused, undefined);
});

test('QU3 a unit asks ten times in a briefing, and acts twenty times on one question', () => {
  const rounds = Array.from({ length: MOST_ASKED }, (_, i) => [ask(), withdraw(seat, i)]).flat();
  assert.equal(run(rounds).refused, undefined);
  assert.equal(run([...rounds, ask()]).refused, 'too-many-tries');
  const changes = Array.from({ length: MOST_UNIT_ACTS - 1 }, (_, i) => ask(seat, `${i}`, { changes: 0 }));
  assert.equal(run([ask(), ...changes]).refused, undefined);
  assert.equal(run([ask(), ...changes, withdraw()]).refused, 'too-many-tries');
});

test('QU3 QU13 the same key again does nothing, also within one group; for something else it is refused', () => {
  const key = randomUUID();
  const again = run([ask(seat, 'một', { key }), ask(seat, 'một', { key })]);
  assert.deepEqual([again.refused, again.acts.length], [undefined, 1]);
  assert.equal(run([ask(seat, 'một', { key }), ask(neighbour, 'hai', { key })]).refused, 'conflict');
  assert.equal(run([ask(seat, 'một', { key }), ask(seat, 'hai', { key })]).refused, 'conflict', 'other words');
  const group = [ask(seat, 'một', { key }), ask(seat, 'một', { key }), ask(neighbour)].map((step) => step([]));
  const { decisions, fresh } = decideQuestions(group, {
    ...{ now, seq: 7, acts: [], briefing: { id: briefing, state: 'live', stage: 'vn', closedAt: null } },
  });
  assert.deepEqual(
    decisions.map((decision) => 'first' in decision && decision.first),
    [true, false, true],
  );
  assert.deepEqual(
    fresh.map(({ seq }) => seq),
    [8, 9],
  );
});

test('QU5 QU6 a question goes up tier by tier, and whoever is below decides no more', () => {
  const at = (...steps: Step[]) => stateOf(run([ask(), ...steps]).questions[0] as QuestionFacts);
  assert.deepEqual(at(), { kind: 'sent' });
  assert.deepEqual(at(decides(district, pass)), { kind: 'passed', to: 'vn.1' });
  assert.deepEqual(at(decides(province, pass)), { kind: 'passed', to: 'vn' });
  assert.deepEqual(at(decides(district, pass), decides(province, pass), decides(nation, pass)), { kind: 'chosen' });
  const table: [string, Step[], Reason | undefined][] = [
    ['of another province', [decides(elsewhere, pass)], 'not-found'],
    ['a seat', [decides(seat, pass)], 'forbidden'],
    ['the district again', [decides(district, pass), decides(district, pass)], 'outside-territory'],
    [
      'the district declines what it passed',
      [decides(district, pass), decides(district, decline)],
      'outside-territory',
    ],
    ['chosen twice', [decides(nation, pass), decides(principal, pass)], 'conflict'],
    ['declined after it was chosen', [decides(nation, pass), decides(principal, decline)], undefined],
    ['passed after it was declined', [decides(province, decline), decides(province, pass)], 'conflict'],
    ['passed after it was taken back', [withdraw(), decides(province, pass)], 'conflict'],
    ['what is not there', [decides(nation, pass, 5)], 'not-found'],
  ];
  for (const [name, steps, reason] of table) assert.equal(run([ask(), ...steps]).refused, reason, name);
});

test('QU7 one act decides on many, on all or none', () => {
  const both = [ask(), ask(neighbour)];
  assert.deepEqual(states([...both, decides(district, decline, 0, 1)]), ['declined', 'declined']);
  const refused = run([...both, decides(district, pass, 1), decides(district, decline, 0, 1)]);
  assert.equal(refused.refused, 'outside-territory');
  assert.deepEqual(
    refused.questions.map((question) => stateOf(question).kind),
    ['sent', 'passed'],
  );
});

test('QU8 what is joined with another is decided on no more, and waits as long as that one does', () => {
  const joined = [ask(), ask(neighbour), decides(district, into(0), 1)];
  const table: [string, Step[], Reason | undefined][] = [
    ['joined', [], undefined],
    ['joined with itself', [decides(district, into(0), 0)], 'not-found'],
    ['passed by itself', [decides(district, pass, 1)], 'conflict'],
    ['joined with what was joined', [decides(district, into(1), 0)], 'conflict'],
    ['its unit asks anew', [ask(neighbour)], 'conflict'],
    ['its unit asks anew when the other was answered', [decides(nation, write), ask(neighbour)], undefined],
    ['its unit takes it back', [withdraw(neighbour, 1)], 'too-late'],
  ];
  for (const [name, steps, reason] of table) assert.equal(run([...joined, ...steps]).refused, reason, name);
});

test('QU9 answers are given over the stage: on air once and while it is live, in writing as often as needed', () => {
  const table: [string, Step[], Reason | undefined][] = [
    ['on air', [decides(principal, air)], undefined],
    ['on air twice', [decides(principal, air), decides(principal, air)], 'conflict'],
    [
      'on air and in writing, twice',
      [decides(principal, air), decides(nation, write), decides(nation, write)],
      undefined,
    ],
    ['by a province', [decides(province, write)], 'outside-territory'],
    ['a declined one', [decides(district, decline), decides(nation, write)], undefined],
    ['declined after the answer', [decides(nation, write), decides(nation, decline)], 'conflict'],
  ];
  for (const [name, steps, reason] of table) assert.equal(run([ask(), ...steps]).refused, reason, name);
  const own = [ask(), decides(province, write)];
  assert.equal(run(own, { stage: 'vn.1' }).refused, undefined, 'the province has the stage');
  assert.equal(run([ask(), decides(principal, air)], { state: 'open' }).refused, 'not-live');
  const [both] = run([ask(), decides(principal, air), decides(nation, write)]).questions;
  assert.deepEqual(both && stateOf(both), {
    kind: 'answered',
    air: { at: now.toISOString(), by: 'principal of vn' },
    written: { at: now.toISOString(), by: 'moderator of vn', words: write.words },
  });
});

test('QU12 the office answers for thirty days after the end', () => {
  const { acts } = run([ask()]);
  const decideAt = (days: number, decision: Decision) => {
    const closedAt = new Date(now.getTime() - days * 86_400_000);
    const moment = { id: briefing, state: 'closed' as const, stage: 'vn', closedAt };
    const one = decides(nation, decision)([acts[0]?.question as string]);
    const [decided] = decideQuestions([one], { now, seq: 1, acts, briefing: moment }).decisions;
    return decided && 'error' in decided ? (decided.error as DomainError).reason : undefined;
  };
  assert.equal(decideAt(OFFICE_DAYS - 1, write), undefined);
  assert.equal(decideAt(OFFICE_DAYS + 1, write), 'too-late');
  assert.equal(decideAt(1, air), 'not-live');
});
