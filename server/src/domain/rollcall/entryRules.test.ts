import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Answerer, EntryState, Proof, RoundState } from '../../protocol/rollcall.ts';
import {
  decideEntry,
  type EntryAsk,
  type EntryKind,
  type EntryRecord,
  entryState,
  standingWith,
  type UnitFacts,
} from './entryRules.ts';
import { satisfies } from './quorum.ts';
import { entryStateOf, toEntry } from './told.ts';

const round = randomUUID();
const account = randomUUID();
const at = new Date('2026-09-02T07:00:00.000Z');

const record = (kind: EntryKind, more: Partial<EntryRecord> = {}): EntryRecord => ({
  ...{ round, unit: '1', seq: 1, kind, key: randomUUID(), at, late: false, account, by: 'UBND', identity: '1.a' },
  ...{ answerer: kind === 'answer' || kind === 'correction' ? 'chair' : null, name: null, note: null, ...more },
});
const facts = (...records: EntryRecord[]): UnitFacts => records;

const ask = (kind: EntryKind, more: Partial<EntryAsk> = {}): EntryAsk => ({
  ...{ round, unit: '1', kind, key: randomUUID() },
  by: { account, name: 'UBND', identity: '1.a', address: '10.0.0.1' },
  ...{ answerer: kind === 'answer' || kind === 'correction' ? 'chair' : null, name: null, note: null, challenge: null },
  ...{ received: at, ...more },
});
const rules = (proof: Proof = 'tap', challenge: string | null = null) => ({
  answerers: ['chair', 'substitute'] as readonly Answerer[],
  proof,
  challenge,
});

const chair = record('answer');
const late = record('answer', { late: true, answerer: 'substitute', name: 'B' });
const substitute = record('answer', { answerer: 'substitute', name: 'B' });
const official = record('official');
const excused = record('excused');
const confirm = record('confirm');
const again = record('correction');
const absence = record('absence', { note: 'đi chống bão' });
const other = { account: randomUUID(), name: 'Khác', identity: '1.b', address: '10.0.0.1' };

const states: readonly [what: string, UnitFacts, Proof, RoundState, EntryState][] = [
  ['nothing, the round open', [], 'tap', 'open', 'called'],
  ['nothing, the round due', [], 'tap', 'due', 'absent'],
  ['nothing, the round closed', [], 'tap', 'closed', 'absent'],
  ['the chair', facts(chair), 'tap', 'open', 'answered'],
  ['a substitute', facts(substitute), 'tap', 'open', 'substituted'],
  ['a late substitute counts as late', facts(late), 'tap', 'due', 'late'],
  ['by telephone', facts(official), 'tap', 'closed', 'official'],
  ['an excuse', facts(excused), 'tap', 'closed', 'excused'],
  ['an answer goes before an excuse', facts(excused, chair), 'tap', 'open', 'answered'],
  ['a note goes before an excuse', facts(excused, official), 'tap', 'open', 'official'],
  ['unconfirmed, the round open', facts(chair), 'official', 'open', 'unconfirmed'],
  ['unconfirmed, the round closed', facts(chair), 'official', 'closed', 'unconfirmed'],
  ['absent by its own word', facts(absence), 'tap', 'open', 'away'],
  ['absent by its own word, late', facts(record('absence', { late: true })), 'tap', 'due', 'away'],
  ['absent by its own word, the round closed', facts(absence), 'tap', 'closed', 'away'],
  ['absent, nobody has to confirm it', facts(absence), 'official', 'open', 'away'],
  ['absent and then present', facts(absence, again), 'tap', 'open', 'answered'],
  ['absent and then present, unconfirmed', facts(absence, again), 'official', 'open', 'away'],
  ['absent and then present, confirmed', facts(absence, again, confirm), 'official', 'open', 'answered'],
  ['present and then absent', facts(chair, absence), 'tap', 'open', 'away'],
  ['present, confirmed, and then absent', facts(chair, confirm, absence), 'official', 'open', 'away'],
  ['noted by telephone and then absent', facts(official, absence), 'tap', 'open', 'away'],
  ['excused and absent by its own word', facts(excused, absence), 'tap', 'closed', 'excused'],
  ['unconfirmed and excused', facts(chair, excused), 'official', 'closed', 'excused'],
  ['confirmed', facts(chair, confirm), 'official', 'closed', 'answered'],
  ['late and confirmed', facts(late, confirm), 'official', 'closed', 'late'],
];
for (const [what, given, proof, state, wanted] of states)
  test(`RC7 ${what}: ${wanted}`, () => assert.equal(entryState(given, proof, state), wanted));

test('RC12 RC13 an entry shows the answer that waits for its confirmation, and who gave it', () => {
  const entry = toEntry({ round, unit: '1', path: 'vn.1' }, facts(substitute), 'official', 'open');
  assert.deepEqual(
    [entry.state, entry.unconfirmed, entry.name, entry.by, entry.at],
    ['unconfirmed', true, 'B', 'UBND', at.toISOString()],
  );
});

test('RC20 the last answer counts; with proof `official` the last that was confirmed, and the one after it waits', () => {
  const corrected = record('correction', { answerer: 'deputy', at: new Date(at.getTime() + 1000) });
  const shown = (proof: Proof, ...records: EntryRecord[]) => {
    const entry = toEntry({ round, unit: '1', path: 'vn.1' }, records, proof, 'open');
    return [entry.state, entry.answerer, entry.unconfirmed, entry.own?.nr, entry.own?.answerer];
  };
  assert.deepEqual(shown('tap', substitute, corrected), ['answered', 'deputy', false, 2, 'deputy']);
  assert.deepEqual(shown('official', substitute, corrected), ['unconfirmed', 'deputy', true, 2, 'deputy']);
  assert.deepEqual(shown('official', substitute, confirm), ['substituted', 'substitute', false, 1, 'substitute']);
  const waiting = shown('official', substitute, confirm, corrected);
  assert.deepEqual(waiting, ['substituted', 'substitute', true, 2, 'deputy']);
  const settled = shown('official', substitute, confirm, corrected, record('confirm'));
  assert.deepEqual(settled, ['answered', 'deputy', false, 2, 'deputy']);
});

test('RC19 an answer beside an official’s note goes before it, when it is good', () => {
  const shown = (proof: Proof, ...records: EntryRecord[]) => {
    const entry = toEntry({ round, unit: '1', path: 'vn.1' }, records, proof, 'open');
    return [entry.state, entry.unconfirmed, entry.own?.nr];
  };
  assert.deepEqual(shown('tap', official, chair), ['answered', false, 1]);
  assert.deepEqual(shown('official', official, chair), ['official', true, 1]);
  assert.deepEqual(shown('official', official, chair, confirm), ['answered', false, 1]);
});

const away = { note: 'đi chống bão' };
const one = { value: 1, held: false };

const refusals: readonly [string, UnitFacts, EntryAsk, ReturnType<typeof rules>, RoundState, string][] = [
  ['RC8 nothing after the end', [], ask('answer'), rules(), 'closed', 'too-late'],
  ['RC8 nor an excuse', [], ask('excused'), rules(), 'closed', 'too-late'],
  ['RC10 a deputy, where none may', [], ask('answer', { answerer: 'deputy' }), rules(), 'open', 'forbidden'],
  ['RC10 nobody who answers', [], ask('answer', { answerer: null }), rules(), 'open', 'bad-request'],
  ['RC10 a substitute without a name', [], ask('answer', { answerer: 'substitute' }), rules(), 'open', 'bad-request'],
  ['RC11 without the digits', [], ask('answer'), rules('challenge', '07'), 'open', 'wrong-proof'],
  ['RC11 with other digits', [], ask('answer', { challenge: '70' }), rules('challenge', '07'), 'open', 'wrong-proof'],
  ['RC12 a confirmation of nothing', [], ask('confirm'), rules('official'), 'open', 'conflict'],
  ['RC12 a note of what waits', facts(chair), ask('official'), rules('official'), 'open', 'conflict'],
  ['RC20 a correction of nothing', [], ask('correction'), rules(), 'open', 'conflict'],
  ['RC20 a correction of a note', facts(official), ask('correction'), rules(), 'open', 'conflict'],
  ['RC20 a correction after the deadline', facts(chair), ask('correction'), rules(), 'due', 'too-late'],
  ['RC20 of what was corrected', facts(chair, again), ask('correction', { own: 1 }), rules(), 'open', 'conflict'],
  ['RC20 by somebody else', facts(chair), ask('correction', { by: other }), rules(), 'open', 'forbidden'],
  ['RC20 by who may not answer', facts(chair), ask('correction', { answerer: 'deputy' }), rules(), 'open', 'forbidden'],
  ['RC20 without the digits', facts(chair), ask('correction'), rules('challenge', '07'), 'open', 'wrong-proof'],
  ['RC20 the twentieth', facts(chair, ...Array(19).fill(again)), ask('correction'), rules(), 'open', 'conflict'],
  [
    'RC20 a confirmation unseen',
    facts(chair, again),
    ask('confirm', { own: 1 }),
    rules('official'),
    'open',
    'conflict',
  ],
  ['RC25 an absence without a reason', [], ask('absence'), rules(), 'open', 'bad-request'],
  [
    'RC25 one that somebody answers',
    [],
    ask('absence', { ...away, answerer: 'chair' }),
    rules(),
    'open',
    'bad-request',
  ],
  ['RC25 one with a number', [], ask('absence', { ...away, number: one }), rules(), 'open', 'bad-request'],
  ['RC25 nothing after the end', [], ask('absence', away), rules(), 'closed', 'too-late'],
  ['RC25 in the place of nothing', [], ask('absence', { ...away, own: 1 }), rules(), 'open', 'conflict'],
  ['RC25 by somebody else', facts(chair), ask('absence', { ...away, own: 1, by: other }), rules(), 'open', 'forbidden'],
  ['RC25 after the deadline', facts(chair), ask('absence', { ...away, own: 1 }), rules(), 'due', 'too-late'],
  ['RC25 present after the deadline', facts(absence), ask('correction', { own: 1 }), rules(), 'due', 'too-late'],
  [
    'RC25 present without the digits',
    facts(absence),
    ask('correction', { own: 1 }),
    rules('challenge', '07'),
    'open',
    'wrong-proof',
  ],
  ['RC9 a key for two things', facts(chair), ask('excused', { key: chair.key }), rules(), 'open', 'conflict'],
];
for (const [what, given, wanted, by, state, reason] of refusals)
  test(`${what} is refused: ${reason}`, () => assert.throws(() => decideEntry(by, state, given, wanted), { reason }));

const standing: readonly [string, UnitFacts, EntryAsk, Proof, EntryRecord | undefined][] = [
  ['RC9 a first answer is recorded', [], ask('answer'), 'tap', undefined],
  ['RC9 a second device gets the first', facts(chair), ask('answer'), 'tap', chair],
  ['RC9 RC19 an answer after a note is recorded beside it', facts(official), ask('answer'), 'tap', undefined],
  ['RC9 a note after an answer gets the answer', facts(chair), ask('official'), 'tap', chair],
  ['RC9 a second note gets the first', facts(official), ask('official'), 'tap', official],
  ['RC9 an excused unit may answer', facts(excused), ask('answer'), 'tap', undefined],
  ['RC9 an excuse after an answer gets the answer', facts(chair), ask('excused'), 'tap', chair],
  ['RC12 a confirmation is recorded', facts(chair), ask('confirm'), 'official', undefined],
  ['RC12 and once', facts(chair, confirm), ask('confirm'), 'official', confirm],
  ['RC12 where none is needed it gets the answer', facts(chair), ask('confirm'), 'tap', chair],
  ['RC20 a correction is recorded', facts(chair), ask('correction', { own: 1 }), 'tap', undefined],
  ['RC20 a second device gets the last', facts(chair, again), ask('answer'), 'tap', again],
  ['RC20 what was confirmed is confirmed anew', facts(chair, confirm, again), ask('confirm'), 'official', undefined],
  ['RC25 an absence is recorded', [], ask('absence', away), 'tap', undefined],
  ['RC25 and needs no digits', [], ask('absence', away), 'challenge', undefined],
  ['RC25 a second device gets it', facts(absence), ask('absence', away), 'tap', absence],
  ['RC25 so does one that answers as present', facts(absence), ask('answer'), 'tap', absence],
  ['RC25 it takes the place of an answer', facts(chair), ask('absence', { ...away, own: 1 }), 'tap', undefined],
  ['RC25 an answer takes its place', facts(absence), ask('correction', { own: 1 }), 'tap', undefined],
  ['RC25 a confirmation of it records nothing', facts(absence), ask('confirm'), 'official', absence],
  ['RC26 an excuse after it gets it', facts(absence), ask('excused'), 'tap', absence],
  ['RC12 an answer that waits may be excused', facts(chair), ask('excused'), 'official', undefined],
];
for (const [what, given, wanted, proof, record] of standing)
  test(what, () => assert.equal(decideEntry(rules(proof), 'open', given, wanted), record));

test('DL8 a repeat gets its own record though the round has closed', () => {
  const again = ask('answer', { key: chair.key });
  assert.equal(decideEntry(rules(), 'closed', facts(chair), again), chair);
});

test('RC11 after the deadline an answer needs no digits, and is no proof', () => {
  for (const digits of [{}, { challenge: '70' }, { challenge: '07' }])
    assert.equal(decideEntry(rules('challenge', '07'), 'due', [], ask('answer', digits)), undefined);
  const count = {
    unit: 'vn',
    expected: 2,
    called: 0,
    answered: 1,
    late: 1,
    substituted: 0,
    official: 0,
    excused: 0,
    unconfirmed: 0,
    away: 0,
    absent: 0,
  };
  assert.deepEqual([satisfies(count, 100, 'tap'), satisfies(count, 100, 'challenge')], [true, false]);
});

test('RC11 the right digits are taken', () => {
  assert.equal(decideEntry(rules('challenge', '07'), 'open', [], ask('answer', { challenge: '07' })), undefined);
});

test('RC7 AT9 how a unit stands with a round', () => {
  const table: [kinds: EntryKind[], proof: Proof, over: boolean, standing: string][] = [
    [[], 'tap', false, 'open'],
    [[], 'tap', true, 'missed'],
    [['answer'], 'tap', true, 'answered'],
    [['answer'], 'challenge', false, 'answered'],
    [['answer'], 'official', false, 'unconfirmed'],
    [['answer'], 'official', true, 'unconfirmed'],
    [['excused', 'answer'], 'official', false, 'excused'],
    [['answer', 'confirm'], 'official', true, 'answered'],
    [['official'], 'official', true, 'answered'],
    [['excused'], 'tap', false, 'excused'],
    [['absence'], 'tap', false, 'open'],
    [['absence'], 'tap', true, 'away'],
    [['absence', 'correction'], 'tap', true, 'answered'],
    [['excused', 'absence'], 'tap', true, 'excused'],
    [['excused', 'answer'], 'tap', true, 'answered'],
    [['excused', 'answer'], 'official', true, 'excused'],
  ];
  for (const [kinds, proof, over, standing] of table)
    assert.equal(standingWith(kinds, proof, over), standing, `${kinds} ${proof} ${over}`);
});

test('RC14 RC25 who says that it is absent is expected by a quorum, and has not answered for it', () => {
  const none = { called: 0, answered: 0, late: 0, substituted: 0, official: 0, excused: 0, unconfirmed: 0, absent: 0 };
  const count = (more: object) => ({ unit: 'vn', expected: 2, ...none, answered: 1, away: 0, ...more });
  assert.equal(satisfies(count({ away: 1 }), 100, 'tap'), false);
  assert.equal(satisfies(count({ excused: 1 }), 100, 'tap'), true);
});

test('RC27 an absence is told as a state that every page knows, with its reason and a mark', () => {
  const place = { round, unit: '1', path: 'vn.1' };
  const told = toEntry(place, facts(chair, absence), 'tap', 'open');
  assert.deepEqual(
    [told.state, told.away, told.note, told.answerer, told.own?.nr, told.unconfirmed],
    ['absent', true, 'đi chống bão', null, 2, false],
  );
  assert.equal(entryStateOf(told), 'away');
  const present = toEntry(place, facts(absence, again), 'tap', 'open');
  assert.deepEqual([present.state, 'away' in present, present.note], ['answered', false, null]);
});

test('RC28 an absence after the deadline is told as late, one before it is not, and an answer has no such mark', () => {
  const entry = (one: EntryRecord) => toEntry({ round, unit: '1', path: 'vn.1' }, facts(one), 'tap', 'due');
  const told = entry(record('absence', { late: true }));
  assert.deepEqual([told.away, told.late], [true, true]);
  assert.equal('late' in entry(absence), false);
  assert.deepEqual([entry(late).state, 'late' in entry(late)], ['late', false]);
});
