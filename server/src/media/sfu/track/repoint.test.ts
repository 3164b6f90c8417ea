import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROUTER_REPOINT_CONSUMERS, ROUTER_REPOINT_CONSUMERS_REQUEST } from './repoint.ts';

const require = createRequire(import.meta.url);
const requests = join(dirname(require.resolve('mediasoup')), 'fbs/request');
const last = (values: Record<string, number | string>) =>
  Math.max(...Object.values(values).filter((value) => typeof value === 'number'));

test('the request to repoint comes right after those that mediasoup has, so that raising its version shifts nothing unseen', () => {
  const { Method } = require(join(requests, 'method.js'));
  const { Body } = require(join(requests, 'body.js'));
  assert.equal(ROUTER_REPOINT_CONSUMERS, last(Method) + 1);
  assert.equal(ROUTER_REPOINT_CONSUMERS_REQUEST, last(Body) + 1);
});
