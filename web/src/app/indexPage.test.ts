import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

test('KP17 a browser of another language offers no translation of the page, whose bar lies over the switches', async () => {
  const page = await readFile(new URL('../../index.html', import.meta.url), 'utf8');
  assert.match(page, /<html lang="vi" translate="no">/);
});
