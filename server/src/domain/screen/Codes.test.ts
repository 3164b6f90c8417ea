import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashSecret } from '../organisation/secrets.ts';
import { Codes } from './Codes.ts';
import { CODE_SECONDS, MOST_CODES } from './limits.ts';

let now = Date.parse('2026-09-02T01:00:00Z');
const codes = () => new Codes({ now: () => new Date(now) });

test('SN2 a code is found by who typed it, once; the screen by its own secret', () => {
  const all = codes();
  const { id, code, secret } = all.open('hall');
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

test('SN2 a code ends after its time, and the oldest of the network that shows most makes room', () => {
  const all = codes();
  const first = all.open('hall');
  now += CODE_SECONDS * 1000;
  assert.equal(all.take(first.code), undefined);
  assert.equal(all.find(first.id, hashSecret(first.secret)), undefined);
  const wall = all.open('hall');
  const flood = Array.from({ length: 2 * MOST_CODES }, (_, i) => all.open(i % 2 === 0 ? 'stranger' : 'another'));
  const isThere = ({ id, secret }: (typeof flood)[number]) => all.find(id, hashSecret(secret)) !== undefined;
  assert.ok(isThere(wall), 'a stranger drives out nobody');
  assert.equal(flood.filter(isThere).length, MOST_CODES - 1);
  assert.ok(!flood.slice(0, 400).some(isThere), 'the oldest have gone');
});
