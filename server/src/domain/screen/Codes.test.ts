import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashSecret } from '../organisation/secrets.ts';
import { Codes } from './Codes.ts';
import { CODE_SECONDS, MOST_CODES } from './limits.ts';

let now = Date.parse('2026-09-02T01:00:00Z');
const codes = () => new Codes({ now: () => new Date(now) });

test('SN2 a code is found by who typed it, once; the screen by its own secret', () => {
  const all = codes();
  const { id, code, secret } = all.open();
  assert.match(code, /^\d{8}$/);
  assert.equal(all.find(id, hashSecret(secret))?.code, code);
  assert.equal(all.find(id, hashSecret(`${secret.slice(1)}x`)), undefined);
  assert.equal(all.take('00000000' === code ? '00000001' : '00000000'), undefined);
  const taken = all.take(code);
  assert.equal(taken?.id, id);
  assert.equal(all.take(code), undefined, 'it is used up');
  if (taken) all.add(taken);
  assert.equal(all.take(code)?.id, id, 'unless it could not be paired');
});

test('SN2 a code ends after its time, and the oldest makes room', () => {
  const all = codes();
  const first = all.open();
  now += CODE_SECONDS * 1000;
  assert.equal(all.take(first.code), undefined);
  assert.equal(all.find(first.id, hashSecret(first.secret)), undefined);
  const oldest = all.open();
  for (let i = 0; i < MOST_CODES; i++) all.open();
  assert.equal(all.find(oldest.id, hashSecret(oldest.secret)), undefined);
});
