import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldOf, mayBeKept } from './held.ts';

const origin = 'https://dh.example';
const files = new Set(['/assets/unreachable-1.js']);
const held = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  heldOf({ method, mode, url: new URL(path, origin).href }, origin, files);

test('SW2 the worker answers for the page and for what the page without a line is made of, and has nothing to do with all else', () => {
  for (const path of ['/', '/#l=secret', '/b/12?x=1']) assert.equal(held(path, 'navigate'), 'view', path);
  assert.equal(held('/assets/unreachable-1.js'), 'file');
  for (const path of [
    '/',
    '/api/session',
    '/assets/page-2.js',
    '/assets/unreachable-1.js?x',
    '/healthz',
    '/socket.io/?EIO=4',
  ])
    assert.equal(held(path), 'nothing', path);
  for (const path of ['/api/slides/1', '/programme', '/wall', '/healthz', '/rtc', '/sw.js', '/manifest.vi.webmanifest'])
    assert.equal(held(path, 'navigate'), 'nothing', path);
  assert.equal(held('https://other.example/assets/unreachable-1.js'), 'nothing');
  assert.equal(held('/', 'navigate', 'POST'), 'nothing');
  assert.equal(held('/assets/unreachable-1.js', 'cors', 'HEAD'), 'nothing');
});

test('SW2 what something on the way says in place of a file is not kept', () => {
  const answer = (type: string, more = {}) => ({
    ...{ status: 200, type: 'basic' as const, redirected: false, headers: new Headers({ 'content-type': type }) },
    ...more,
  });
  assert.equal(mayBeKept(answer('text/javascript; charset=utf-8')), true);
  assert.equal(mayBeKept(answer('text/html; charset=UTF-8'), true), true);
  assert.equal(mayBeKept(answer('text/html')), false, 'a page in place of a script');
  assert.equal(mayBeKept(answer('application/json'), true), false);
  for (const wrong of [{ status: 206 }, { status: 404 }, { redirected: true }, { type: 'opaque' as const }])
    assert.equal(mayBeKept(answer('text/javascript', wrong)), false, JSON.stringify(wrong));
});
