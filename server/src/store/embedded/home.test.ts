import assert from 'node:assert/strict';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { layHome, own, requireOwner } from './home.ts';

test('data of another account is refused before its server is asked', {
  skip: process.getuid?.() !== 0 && 'SKIPPED: needs root',
}, () => {
  const data = mkdtempSync(join(tmpdir(), 'dh-owner-'));
  chownSync(data, 54_321, 54_321);
  requireOwner(data, { uid: 54_321, gid: 54_321 });
  assert.throws(
    () => requireOwner(data, undefined),
    /belongs to user 54321, but its server would run as root: .*chown -R/,
  );
  rmSync(data, { recursive: true });
});

test('RG1 as root no folder is handed over that a link in the data of the account leads to', {
  skip: process.getuid?.() !== 0 && 'SKIPPED: needs root',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dh-link-'));
  const account = { uid: 54_321, gid: 54_321 };
  const [data, victim] = [join(folder, 'data'), join(folder, 'victim')];
  for (const path of [data, victim]) mkdirSync(path);
  symlinkSync(victim, join(data, 'stores'));
  assert.throws(() => layHome(data, account), /points to .*victim, not into \/var\/lib\/dieu-hanh/);
  assert.throws(() => own(join(data, 'stores'), account), /ELOOP/);
  assert.equal(statSync(victim).uid, 0);
  rmSync(folder, { recursive: true });
});
