import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SdpError } from '../media/sdp/types.ts';
import { refuse } from '../protocol/errors.ts';
import { createLogger } from './logger.ts';

const lines: string[] = [];
const logger = createLogger('debug', { write: (line) => void lines.push(line) });
const logged = (fields: unknown, log = logger) => {
  lines.length = 0;
  log.warn(fields, 'failed');
  assert.equal(lines.length, 1);
  return JSON.parse(lines[0] ?? '');
};
const broken = new SdpError('no fingerprint');

test('an error has its kind, its message and its stack, under whatever name it stands', () => {
  for (const name of ['err', 'error', 'failure', 'anything']) {
    const plain = logged({ [name]: broken, what: 'offer' })[name];
    assert.deepEqual([plain.type, plain.message], ['SdpError', 'no fingerprint'], name);
    assert.match(plain.stack, /plainErrors\.test/);
  }
  assert.equal(logged(broken).err.message, 'no fingerprint');
  assert.equal(logged({ line: { last: { error: broken } } }).line.last.error.message, 'no fingerprint');
  assert.equal(logged({ tries: [1, broken] }).tries[1].message, 'no fingerprint');
  assert.equal(logged({ id: 1 }, logger.child({ error: broken })).error.message, 'no fingerprint');
});

test('its causes follow it, and what errors of libraries say besides', () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', address: '::1', port: 5432 });
  const { err } = logged({
    err: refuse('store-unavailable', 'the database is away', new Error('outer', { cause: away })),
  });
  assert.deepEqual([err.type, err.reason, err.message], ['DomainError', 'store-unavailable', 'the database is away']);
  assert.equal(err.cause.message, 'outer');
  const { code, address, port } = err.cause.cause;
  assert.deepEqual({ code, address, port }, { code: 'ECONNREFUSED', address: '::1', port: 5432 });
});

test('the errors in an AggregateError are all there', () => {
  const { err } = logged({ err: new AggregateError([new Error('by IPv6'), 'by IPv4'], 'both') });
  assert.equal(err.message, 'both');
  assert.deepEqual(
    err.errors.map((one: { message: string }) => one.message),
    ['by IPv6', 'by IPv4'],
  );
});

test('whatever else is thrown is named: a text, nothing, an object', () => {
  assert.deepEqual(logged({ err: 'no more room' }).err, { type: 'string', message: 'no more room' });
  assert.deepEqual(logged({ err: undefined }).err, { type: 'undefined', message: 'undefined' });
  assert.deepEqual(logged({ error: null }).error, { type: 'null', message: 'null' });
  assert.deepEqual(logged({ err: { status: 4 } }).err, { status: 4 });
  assert.equal(logged({ err: new Error('outer', { cause: 'a text' }) }).err.cause.message, 'a text');
});

test('an error that is its own cause ends somewhere, and one with secrets keeps them', () => {
  const round = new Error('round');
  round.cause = round;
  assert.equal(logged({ err: round }).err.cause.cause.message, 'round');
  const command = { name: 'auth', args: ['hush'] };
  logged({ err: Object.assign(new Error('WRONGPASS'), { command, detail: 'Failing row contains (hush)' }) });
  assert.doesNotMatch(lines[0] ?? '', /hush/);
});
