import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError, refuse } from '../../../protocol/errors.ts';
import { translate } from './Postgres.ts';

const failure = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const reasonOf = (error: unknown) => {
  const translated = translate(error);
  return translated instanceof DomainError ? translated.reason : undefined;
};

test('which failures of PostgreSQL mean that it is away, which a conflict, which a text that it cannot keep, and which a mistake of ours', () => {
  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    '57P01',
    '57P03',
    '57014',
    '08006',
    '53300',
    '25006',
    '40001',
    '40P01',
  ])
    assert.equal(reasonOf(failure(code)), 'store-unavailable', code);
  assert.equal(reasonOf(failure('53100')), 'record-unwritable', 'SV16 the disk is full: reading goes on');
  for (const message of [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])
    assert.equal(reasonOf(new Error(message)), 'store-unavailable', message);
  // A route that is gone says EINVAL, a name server that is gone EAI_AGAIN: whatever keeps a connection from being made.
  for (const [syscall, code] of [
    ['connect', 'EINVAL'],
    ['connect', 'EACCES'],
    ['getaddrinfo', 'EAI_AGAIN'],
  ] as const) {
    const made = Object.assign(failure(code), { syscall });
    assert.equal(reasonOf(made), 'store-unavailable', code);
    assert.equal(reasonOf(new AggregateError([made])), 'store-unavailable', code);
  }
  assert.equal(reasonOf(Object.assign(failure('EACCES'), { syscall: 'open' })), undefined, 'a file is no database');
  for (const code of ['ENETUNREACH', 'ENETDOWN']) assert.equal(reasonOf(failure(code)), 'store-unavailable', code);
  assert.equal(reasonOf(new AggregateError([failure('ECONNREFUSED'), failure('ECONNREFUSED')])), 'store-unavailable');
  assert.equal(reasonOf(failure('23505')), 'conflict');
  for (const code of ['22021', '22P05']) assert.equal(reasonOf(failure(code)), 'bad-request', code);
  for (const code of ['42601', '23503', '23514', '22P02']) assert.equal(reasonOf(failure(code)), undefined, code);
  const own = refuse('busy', 'y');
  assert.equal(translate(own), own);
});
