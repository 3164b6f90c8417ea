import assert from 'node:assert/strict';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { requireOwner } from './home.ts';

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
