import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { logLevel } from './logLevel.ts';

const level = (env: NodeJS.ProcessEnv, outputs: readonly string[] = []) => logLevel(readConfig(env), outputs);

test('DC10 where a demo can be its log begins with warnings; an installation logs what happens; whoever names a level gets it', () => {
  assert.equal(level({}), 'warn');
  assert.equal(level({ DEMO: 'off' }), 'info');
  assert.equal(level({ DATABASE_URL: 'postgresql://127.0.0.1/dh' }), 'info');
  assert.equal(level({ JOURNAL_STREAM: '8:1' }, ['8:1']), 'info');
  assert.equal(level({ LOG_LEVEL: 'info' }), 'info');
  assert.equal(level({ LOG_LEVEL: 'trace', NODE_ENV: 'production' }), 'trace');
});
