import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClusterJoinAsk, clusterJoinAnswerSchema, clusterJoinAskSchema } from '../../protocol/joining.ts';
import { answering, asking, provenSecret } from './seal.ts';

const secret = 'what the nodes of this cluster have in common';
const other = 'what the nodes of another cluster have in common';
const said = 'where PostgreSQL is, and with which password';

const answered = (secrets: readonly string[], ask: ClusterJoinAsk) => {
  const known = provenSecret(secrets, ask);
  return known === undefined ? undefined : answering(known, ask, said);
};

test('NJ2 who knows the secret is answered, and opens what was closed for them alone', () => {
  const { ask, open } = asking(secret);
  assert.ok(!JSON.stringify(clusterJoinAskSchema.parse(ask)).includes(secret));
  const answer = clusterJoinAnswerSchema.parse(answered(['a newer secret, by which they sign now', secret], ask));
  assert.equal(open(answer), said);
  assert.ok(!Buffer.from(answer.box, 'base64url').includes(said));
  assert.equal(asking(secret).open(answer), undefined, 'another question of the same node does not open it');
  assert.equal(open({ ...answer, key: ask.key }), undefined);
  assert.equal(open({ ...answer, box: answer.box.slice(0, 20) }), undefined);
});

test('NJ2 who does not know it is told nothing, whatever they overheard, and cannot answer', () => {
  assert.equal(answered([secret], asking(other).ask), undefined);
  const { ask, open } = asking(secret);
  const stranger = asking(other);
  // In between, with a key of their own under the proof of another.
  assert.equal(answered([secret], { ...ask, key: stranger.ask.key }), undefined);
  const forged = answered([other], stranger.ask);
  assert.ok(forged);
  assert.equal(open(forged), undefined);
  // A key with which everybody has nothing in common: no fault of whoever asks, but no answer either.
  const nothing = Buffer.alloc(32).toString('base64url');
  assert.equal(open({ ...forged, key: nothing }), undefined);
});
