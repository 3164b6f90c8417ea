import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorityOf, databaseServers, withAuthority } from './databaseAddress.ts';

test('ST2 an address of several servers is one for each, and one of one server stays as it is', () => {
  const embedded = 'postgresql:///dieu_hanh?host=%2Ftmp%2Fsockets&user=u&password=p';
  assert.deepEqual(databaseServers(embedded), [embedded]);
  const plain = 'postgresql://u:p%40ss@db.example:5433/briefings?options=-c%20work_mem%3D5MB';
  assert.deepEqual(databaseServers(plain), [plain]);
  assert.deepEqual(databaseServers('postgres://u:p@one,two:5433,[fd00::3]:5434/d?target_session_attrs=read-write'), [
    'postgres://u:p@one/d',
    'postgres://u:p@two:5433/d',
    'postgres://u:p@[fd00::3]:5434/d',
  ]);
});

test('ST1 TLS that is asked for is checked in full, and what proves nothing is refused', () => {
  for (const mode of ['require', 'verify-ca', 'verify-full'])
    assert.deepEqual(databaseServers(`postgresql://u@one/d?sslmode=${mode}`), [
      'postgresql://u@one/d?sslmode=verify-full',
    ]);
  for (const mode of ['prefer', 'allow', 'no-verify'])
    assert.throws(() => databaseServers(`postgresql://u@one/d?sslmode=${mode}`), /proves nothing: verify-full/);
  assert.throws(() => databaseServers('postgresql://u@one/d?sslmode=on'), /verify-full or disable/);
  assert.throws(() => databaseServers('postgresql://u@one/d?target_session_attrs=standby'), /read-write/);
  assert.throws(() => databaseServers('postgresql://u@one,/d'), /without a name/);
  assert.throws(() => databaseServers('postgresql://u@one:x/d'), /must be an address/);
  assert.throws(() => databaseServers('mysql://u@one/d'), /postgresql:/);
});

test('NJ3 the file of an authority is taken out of an address, and another one is put in', () => {
  const url = 'postgresql://u:p@one:5432,two/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fone.pem';
  assert.equal(authorityOf(url), '/etc/one.pem');
  const bare = withAuthority(url, undefined);
  assert.equal(bare, 'postgresql://u:p@one:5432,two/d?sslmode=verify-full');
  assert.equal(authorityOf(withAuthority(bare, '/var/two.pem')), '/var/two.pem');
  assert.equal(withAuthority('postgresql://one/d', undefined), 'postgresql://one/d');
});
