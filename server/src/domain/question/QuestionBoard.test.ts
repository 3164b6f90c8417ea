import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { QuestionAct, QuestionActKind } from './facts.ts';
import { type Moved, QuestionBoard } from './QuestionBoard.ts';

const at = new Date('2026-09-02T02:00:00.000Z');

/** A board, and what moved at each of the acts. */
function world() {
  const briefing = randomUUID();
  const board = new QuestionBoard(briefing);
  const told: Moved[] = [];
  let seq = 0;
  const act = (kind: QuestionActKind, unit: string, more: Partial<QuestionAct> = {}): QuestionAct => {
    seq += 1;
    const by = { account: 'a', by: 'A', identity: 'i', address: '10.0.0.1', person: null };
    return {
      ...{ briefing, seq, question: unit, key: randomUUID(), act: kind, at, unit, path: `vn.${unit[0]}.${unit}` },
      ...{ words: 'lời', desk: null, chosen: false, joined: null, ...by, ...more },
    };
  };
  const apply = (...acts: QuestionAct[]) => board.apply(acts, (moved) => told.push(moved));
  return { board, told, act, apply };
}

test('QU14 each territory counts its own, and what is joined counts as that with which it was joined', () => {
  const { board, act, apply } = world();
  apply(act('ask', '11'), act('ask', '12'), act('ask', '21'), act('ask', '22'));
  apply(act('join', '12', { joined: '11' }), act('withdraw', '22'));
  assert.deepEqual(board.count('vn'), { asked: 4, open: 3, chosen: 0, answered: 0, declined: 0 });
  apply(act('pass', '11', { desk: 'vn', chosen: true }), act('decline', '21'));
  assert.deepEqual(board.count('vn'), { asked: 4, open: 0, chosen: 2, answered: 0, declined: 1 });
  apply(act('air', '11'));
  assert.deepEqual(board.count('vn.1'), { asked: 2, open: 0, chosen: 0, answered: 2, declined: 0 });
  assert.deepEqual(board.count('vn.2'), { asked: 2, open: 0, chosen: 0, answered: 0, declined: 1 });
  assert.deepEqual(board.count('vn.3'), { asked: 0, open: 0, chosen: 0, answered: 0, declined: 0 });
});

test('QU8 an act moves what was joined with its question, and tells the territories of both', () => {
  const { told, act, apply } = world();
  apply(act('ask', '11'), act('ask', '21'), act('join', '21', { joined: '11' }));
  apply(act('air', '11'));
  const last = told.at(-1);
  assert.deepEqual(last?.questions.map(({ id }) => id).sort(), ['11', '21']);
  assert.deepEqual([...(last?.paths ?? [])].sort(), ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  assert.deepEqual(
    last?.answered.map(({ id }) => id),
    ['11'],
  );
});

test('QU7 rows come by the number after which they changed, from the territory alone', () => {
  const { board, act, apply } = world();
  apply(act('ask', '11'), act('ask', '12'), act('ask', '21'));
  const ids = (seq: number, path: string) => [...board.after(seq, path)].map(({ id }) => id);
  assert.deepEqual(ids(0, 'vn.1'), ['11', '12']);
  apply(act('change', '11'));
  assert.deepEqual(ids(0, 'vn.1'), ['12', '11']);
  assert.deepEqual(ids(3, 'vn'), ['11']);
});

test('QU13 what comes twice is passed over, and a gap is noticed and not jumped', () => {
  const { board, told, act, apply } = world();
  const acts = [act('ask', '11'), act('ask', '12'), act('ask', '21')];
  assert.equal(apply(acts[0] as QuestionAct), true);
  assert.equal(apply(acts[2] as QuestionAct), false);
  assert.equal(board.seq, 1);
  assert.equal(apply(...acts), true);
  assert.equal(board.seq, 3);
  assert.equal(told.length, 2);
});
