import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lostErrors } from './logLines.mjs';

const sources = fileURLToPath(new URL('../../server/src', import.meta.url));
const lines = (text) => lostErrors(text).map(({ line }) => line);

test('what would lose the reason of a failure is found', () => {
  assert.deepEqual(lines(`this.log.warn({ what, error }, 'failed');`), [1]);
  assert.deepEqual(lines(`\nlogger.error({ error: err, track }, 'failed');`), [2]);
  assert.deepEqual(lines(`logger.error({ why: error.message }, 'failed');`), [1]);
  assert.deepEqual(lines(`this.#logger.warn({ err: String(error) }, 'failed');`), [1]);
  assert.deepEqual(lines(`try { x(); } catch (error) { log.warn({ id }, 'failed'); }`), [1]);
  assert.deepEqual(lines(`try { x(); } catch { log.warn({ id }, 'failed'); }`), [1]);
  assert.deepEqual(lines(`x().catch((error: unknown) => log.warn({ id }, 'failed (again)'));`), [1]);
});

test('what says all of it is not', () => {
  assert.deepEqual(lines(`log.warn({ err: error, what: ')' }, 'failed, error: see err');`), []);
  assert.deepEqual(lines(`try { x(); } catch (error) { y(); log.warn({ err: error }, 'failed'); }`), []);
  assert.deepEqual(lines(`x().catch((err) => logger.warn({ err }, "failed"));`), []);
  assert.deepEqual(lines(`try { x(); } catch { return false; }\nlog.info('well');`), []);
});

test('the server logs every error whole', () => {
  const files = readdirSync(sources, { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const found = files.flatMap((name) =>
    lostErrors(readFileSync(join(sources, name), 'utf8')).map(({ line, why }) => `${name}:${line}: ${why}`),
  );
  assert.deepEqual(found, []);
});
