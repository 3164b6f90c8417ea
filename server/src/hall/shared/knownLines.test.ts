import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { linesTopic } from '../../cluster/topics/lines.ts';
import type { KnownLine, SfuPeer } from '../../media/sfu/types.ts';
import { KnownLines } from './KnownLines.ts';

/** A connection as far as its line goes. */
class Line extends EventEmitter {
  line = { known: undefined as KnownLine | undefined };
  becomes(known: KnownLine | undefined): void {
    this.line = { known };
    this.emit('line', known ? 'reduced' : 'good', known);
  }
  get peer(): SfuPeer {
    return this as unknown as SfuPeer;
  }
}

/** Nodes that hear each other, with a clock that they share. */
function nodes(t: TestContext, count: number) {
  const time = { now: 0 };
  const all = Array.from({ length: count }, () => new KnownLines(() => time.now));
  t.after(() => all.forEach((each) => void each.close()));
  for (const one of all)
    one.start((message) => {
      const said = linesTopic.schema.parse(JSON.parse(JSON.stringify(message)));
      for (const other of all) if (other !== one) other.hear(said);
    });
  return { time, all: all as [KnownLines, KnownLines] };
}

const weak = { at: 2, climbAfterMs: 48_000 };

test('PL5 what was learned of a line is known at the other nodes, and at its own, until it is good again', (t) => {
  const [a, b] = nodes(t, 2).all;
  const line = new Line();
  a.follow('r', 'an', line.peer);
  line.becomes(weak);
  assert.deepEqual(a.of('r', 'an'), weak);
  a.tell();
  assert.deepEqual(b.of('r', 'an'), weak);
  for (const [room, identity] of [
    ['r', 'binh'],
    ['s', 'an'],
  ] as const)
    assert.equal(b.of(room, identity), undefined);
  line.becomes(undefined);
  a.tell();
  assert.equal(a.of('r', 'an'), undefined);
  assert.equal(b.of('r', 'an'), undefined);
});

test('PL5 a node that came later knows it too, and forgets it some time after nobody says it any more', (t) => {
  const { time, all } = nodes(t, 2);
  const [a, b] = all;
  const line = new Line();
  a.follow('r', 'an', line.peer);
  // Before anybody else is there.
  line.line.known = weak;
  a.repeat();
  a.tell();
  time.now = 100_000;
  assert.deepEqual(b.of('r', 'an'), weak);
  a.repeat();
  a.tell();
  line.emit('closed');
  time.now = 200_000;
  a.repeat();
  a.tell();
  assert.deepEqual(b.of('r', 'an'), weak, 'twice the time after it was first said');
  time.now = 220_000;
  assert.equal(b.of('r', 'an'), undefined);
  assert.equal(a.of('r', 'an'), undefined);
});

test('PL5 of whom this node has itself it believes nobody else, and of two connections the newer', (t) => {
  const [a, b] = nodes(t, 2).all;
  const [left, old, here] = [new Line(), new Line(), new Line()];
  a.follow('r', 'an', left.peer);
  b.follow('r', 'an', old.peer);
  old.becomes({ at: 1, climbAfterMs: 12_000 });
  b.follow('r', 'an', here.peer);
  old.becomes(undefined);
  old.emit('closed');
  left.becomes(weak);
  a.tell();
  assert.deepEqual(b.of('r', 'an'), { at: 1, climbAfterMs: 12_000 });
});

test('PL5 thousands of lines that become weak at once are told in messages of a few hundred', (t) => {
  const a = new KnownLines();
  t.after(() => a.close());
  const sizes: number[] = [];
  a.start((message) => sizes.push(message.length));
  for (let i = 0; i < 2_594; i++) {
    const line = new Line();
    a.follow('r', `unit ${i}`, line.peer);
    line.becomes(weak);
    line.becomes({ at: 1, climbAfterMs: 12_000 });
  }
  a.tell();
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    2_594,
  );
  assert.ok(Math.max(...sizes) <= 250);
});
