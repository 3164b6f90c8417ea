import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimed, HEAD_START_MS, LOST_MS, released, type Watched } from './decide.ts';

const [self, a, b] = ['self', 'a', 'b'].map((node) => ({ node, boot: node })) as [Node, Node, Node];
type Node = { node: string; boot: string };

/** Both were seen just now where nothing else is said. */
function moment(carrier: Node | null, standby: Node | null, facts: Partial<Watched> = {}): Watched {
  const tenure = { briefing: 'x', seq: 7, epoch: 3, carrier, standby };
  return { running: true, tenure, silentMs: 0, standbySilentMs: 0, ...facts };
}
const nobody: Watched = { running: true, tenure: undefined, silentMs: 0, standbySilentMs: 0 };

test('CL31 the first that claims a briefing carries it, the second stands by, the third does neither', () => {
  assert.deepEqual(claimed(nobody, self), { carrier: self, standby: null });
  assert.deepEqual(claimed(moment(a, null), self), { carrier: a, standby: self });
  assert.equal(claimed(moment(a, b), self), null);
  assert.equal(claimed(moment(self, null), self), null);
  assert.equal(claimed(moment(a, self), self), null);
  assert.deepEqual(claimed(moment(null, b), self), { carrier: self, standby: b });
  assert.deepEqual(claimed(moment(null, self), self), { carrier: self, standby: null });
  for (const facts of [nobody, moment(null, null), moment(a, b, { silentMs: LOST_MS })])
    assert.equal(claimed({ ...facts, running: false }, self), null, 'nobody carries what is closed');
});

test('CL32 who is not seen to beat is followed: by a living standby first', () => {
  const lost = { silentMs: LOST_MS };
  assert.equal(claimed(moment(a, self, { silentMs: LOST_MS - 1 }), self), null);
  assert.deepEqual(claimed(moment(a, self, lost), self), { carrier: self, standby: null });
  assert.equal(claimed(moment(a, b, { silentMs: LOST_MS + HEAD_START_MS - 1 }), self), null);
  assert.deepEqual(claimed(moment(a, b, { silentMs: LOST_MS + HEAD_START_MS }), self), { carrier: self, standby: b });
  assert.deepEqual(claimed(moment(a, b, { ...lost, standbySilentMs: LOST_MS }), self), {
    carrier: self,
    standby: null,
  });
  assert.deepEqual(claimed(moment(a, null, lost), self), { carrier: self, standby: null });
  assert.deepEqual(claimed(moment(a, b, { standbySilentMs: LOST_MS }), self), { carrier: a, standby: self });
});

test('CL34 who goes hands over to the standby that is there', () => {
  assert.deepEqual(released(moment(self, b), self), { carrier: b, standby: null });
  assert.deepEqual(released(moment(self, b, { standbySilentMs: LOST_MS }), self), { carrier: null, standby: null });
  assert.deepEqual(released(moment(a, self), self), { carrier: a, standby: null });
  assert.equal(released(moment(a, b), self), null);
  assert.equal(released(nobody, self), null);
});
