import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { WORKER_SET_FEEDBACK_LIMITS, WORKER_SET_FEEDBACK_LIMITS_REQUEST } from './feedbackLimits.ts';

const require = createRequire(import.meta.url);
const requests = join(dirname(require.resolve('mediasoup')), 'fbs/request');
const last = (values: Record<string, number | string>) =>
  Math.max(...Object.values(values).filter((value) => typeof value === 'number'));

test('the request for limits of feedback comes right after that to switch', () => {
  assert.equal(WORKER_SET_FEEDBACK_LIMITS, last(require(join(requests, 'method.js')).Method) + 4);
  assert.equal(WORKER_SET_FEEDBACK_LIMITS_REQUEST, last(require(join(requests, 'body.js')).Body) + 4);
});
