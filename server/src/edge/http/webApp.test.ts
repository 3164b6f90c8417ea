import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import { createLogger } from '../../observability/logger.ts';
import { problemHandler } from './problems.ts';
import { webApp, webAssets } from './webApp.ts';

const script = 'export const text = "kiểm tra";'.repeat(100);
const page = '<!doctype html><div id="root"></div>';
let server: Server;
let top: string;
let url: string;

before(async () => {
  // A checkout may lie anywhere, also under a folder that is hidden.
  top = await mkdtemp(join(tmpdir(), 'dh-web-'));
  const folder = join(top, '.hidden/web/dist');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, '.sources'), 'a stamp');
  await writeFile(join(folder, 'sw.js'), '// holds the shell');
  await writeFile(join(folder, 'assets/a-1.js'), script);
  await writeFile(join(folder, 'assets/a-1.js.br'), brotliCompressSync(script));
  const app = express();
  app.use('/off', webApp(folder, { worker: false }));
  app.use(webAssets(folder), webApp(folder, { worker: true }), problemHandler(createLogger('silent')));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(top, { recursive: true });
});

test('every view of the page gets it, wherever the checkout lies; what is no view gets nothing', async () => {
  for (const view of ['/', '/moderator', '/b/12/seat']) {
    const answer = await fetch(`${url}${view}`, { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 200, view);
    assert.equal(await answer.text(), page);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
  }
  for (const other of ['/missing.png', '/.sources', '/assets/missing.js', `/assets/${'x'.repeat(300)}.js`])
    assert.equal((await fetch(`${url}${other}`)).status, 404, other);
});

test('a script comes as it was compressed by the build, to those who take that', async () => {
  const small = await fetch(`${url}/assets/a-1.js`, { headers: { 'accept-encoding': 'br' } });
  assert.equal(small.headers.get('content-encoding'), 'br');
  assert.match(small.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.match(small.headers.get('cache-control') ?? '', /immutable/);
  assert.equal(await small.text(), script);
  const plain = await fetch(`${url}/assets/a-1.js`, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(await plain.text(), script);
});

test('PL21 a file under a name with a hash is read once, and known again by its tag, for each encoding its own', async () => {
  const ask = (encoding: string, more = {}) =>
    fetch(`${url}/assets/b-2.css`, { headers: { 'accept-encoding': encoding, ...more } });
  assert.equal((await ask('br')).status, 404, 'a build may come later');
  await writeFile(join(top, '.hidden/web/dist/assets/b-2.css'), 'a{}');
  await writeFile(join(top, '.hidden/web/dist/assets/b-2.css.br'), brotliCompressSync('a{}'));
  const [small, plain] = [await ask('br'), await ask('identity')];
  assert.equal(await small.text(), 'a{}');
  assert.equal(await plain.text(), 'a{}');
  assert.equal(small.headers.get('vary'), 'accept-encoding');
  await rm(join(top, '.hidden/web/dist/assets/b-2.css.br'));
  const again = await ask('br');
  assert.equal(again.headers.get('content-encoding'), 'br');
  assert.equal(again.headers.get('etag'), small.headers.get('etag'));
  assert.notEqual(plain.headers.get('etag'), small.headers.get('etag'));
  // Node's client would ask for a fresh one.
  const same = await ask('br', { 'if-none-match': small.headers.get('etag') ?? '', 'cache-control': 'max-age=0' });
  assert.deepEqual([same.status, await same.text()], [304, '']);
  const part = await ask('identity', { range: 'bytes=1-2' });
  assert.deepEqual([part.status, await part.text()], [206, '{}']);
});

test('SW6 switched off, the worker of the shell is one that goes by itself', async () => {
  const asked = async (path: string) => {
    const answer = await fetch(url + path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/javascript/);
    const told = (await fetch(url + path, { method: 'HEAD' })).headers.get('dh-shell');
    assert.equal(told, path.startsWith('/off') ? 'off' : null);
    return answer.text();
  };
  assert.equal(await asked('/sw.js'), '// holds the shell');
  const gone = await asked('/off/sw.js');
  assert.match(gone, /registration\.unregister/);
  assert.doesNotMatch(gone, /fetch|respondWith/);
});
