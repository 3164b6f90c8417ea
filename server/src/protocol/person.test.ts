import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_PERSON } from './limits.ts';
import { personSchema } from './person.ts';

const read = (name: string, title = '') => personSchema.safeParse({ name, title }).data;

test('PS1 a person is a name, a title or both, each in one line that reads as it was written', () => {
  assert.deepEqual(read('Nguyễn Văn An', 'Chủ tịch'), { name: 'Nguyễn Văn An', title: 'Chủ tịch' });
  assert.deepEqual(read(' ', ' Phó  Chủ\ntịch '), { name: '', title: 'Phó Chủ tịch' });
  assert.deepEqual(read('Nguyễn'.normalize('NFD')), { name: 'Nguyễn', title: '' });
  assert.deepEqual(read('An\u202E\u0000Bình'), { name: 'An Bình', title: '' });
  for (const nobody of [read(''), read(' \u200B'), read('x'.repeat(LONGEST_PERSON + 1)), read('\uD800')])
    assert.equal(nobody, undefined);
});
