import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BusKeys } from '../bus/BusKeys.ts';
import { estrangement } from './kinship.ts';
import { leaseKey, readLease, writeLease } from './lease.ts';
import type { Found } from './look.ts';

const keys = BusKeys.of(['a secret of at least thirty-two characters']);
const own = { bus: 2, schema: '0060-questions.sql', accepts: [...keys.marks] };
const lease = { ...own, node: 'one', boot: randomUUID(), at: 1_000, over: false };
const strange = (leases: readonly Found['lease'][]) =>
  estrangement(
    leases.map((found) => ({ boot: lease.boot, lease: found })),
    own,
  );

test('CL5 who speaks and works alike is joined; else one sentence says with whom it does not fit, and why', () => {
  assert.equal(strange([]), undefined);
  assert.equal(strange([lease, lease]), undefined);
  assert.match(strange([lease, 'unsigned']) ?? '', /another secret.*CLUSTER_SECRET/);
  assert.match(strange([{ ...lease, bus: 3 }]) ?? '', /node one .*version/);
  assert.match(strange(['misshapen']) ?? '', /version/);
  assert.match(strange([{ ...lease, accepts: ['x'] }]) ?? '', /node one .*accept.*CLUSTER_SECRET/);
  assert.equal(strange([{ ...lease, accepts: ['x', ...own.accepts] }]), undefined);
  assert.match(strange([{ ...lease, schema: '0059-x.sql' }]) ?? '', /node one .*0059-x\.sql.*0060-/);
});

test('CL4 a lease is believed at its own place, signed with the secret of the cluster', () => {
  const text = writeLease(keys, lease);
  assert.deepEqual(readLease(keys, lease.boot, text), lease);
  assert.equal(readLease(keys, randomUUID(), text), 'unsigned', 'at the place of another');
  assert.equal(readLease(keys, lease.boot, text.replace('"over":false', '"over":true')), 'unsigned');
  assert.equal(readLease(BusKeys.of(['another secret of thirty-two characters']), lease.boot, text), 'unsigned');
  assert.equal(readLease(keys, lease.boot, 'junk'), 'unsigned');
  const sign = (words: string) => keys.sign(leaseKey(lease.boot), words) + words;
  for (const words of ['no JSON', '{}', JSON.stringify({ ...lease, boot: randomUUID() })])
    assert.equal(readLease(keys, lease.boot, sign(words)), 'misshapen');
});
