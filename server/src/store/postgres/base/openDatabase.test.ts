import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { requireRedis } from '../../redis/redisRefusal.ts';
import { databaseRefusal, requireVersion } from './openDatabase.ts';
import { translate } from './Postgres.ts';

const url = 'postgresql://dh:hush@db.example:5433/briefings';
const sentence = (error: unknown) => {
  const refusal = databaseRefusal(url, translate(error));
  assert.ok(refusal instanceof StartRefusal, String(refusal));
  assert.equal(refusal.message.includes('hush'), false);
  return refusal.message;
};
const coded = (code: string, message = 'said by the server') => Object.assign(new Error(message), { code });

test('what an operator can mend is a sentence, also behind the error of the store', () => {
  assert.match(sentence(coded('ECONNREFUSED')), /^PostgreSQL at db\.example:5433 does not answer \(ECONNREFUSED\)/);
  assert.match(sentence(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])), /does not answer/);
  assert.match(sentence(coded('ENOTFOUND')), /host of DATABASE_URL is not known/);
  assert.match(sentence(coded('28P01')), /does not let dh in \(said by the server\)/);
  assert.match(sentence(coded('3D000')), /has no database briefings/);
  assert.match(sentence(coded('53300')), /no more connections/);
  assert.match(sentence(coded('57P03')), /not ready yet/);
  assert.match(sentence(coded('53100')), /^the disk of the database at db\.example:5433 is full/);
  assert.match(sentence(new Error('timeout exceeded when trying to connect')), /does not answer in time/);
});

test('what nobody foresaw stays as it is, with its causes', () => {
  const error = coded('42P01');
  assert.equal(databaseRefusal(url, error), error);
});

test('too old a server is named with its version', () => {
  assert.throws(
    () => requireVersion(url, 140_012),
    /PostgreSQL at db\.example:5433 is version 14, which is too old: .*15/,
  );
  requireVersion(url, 150_000);
  const info = (version: string) => `# Server\r\nredis_version:${version}\r\nos:Linux\r\n`;
  assert.throws(
    () => requireRedis('redis://:hush@r.example', info('6.2.14')),
    /Redis at r\.example:6379 is version 6\.2\.14/,
  );
  requireRedis('redis://r.example', info('7.0.0'));
  requireRedis('redis://r.example', '');
});
