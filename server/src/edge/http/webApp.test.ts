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
import { webApp } from './webApp.ts';

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
  app.use(webApp(folder, { worker: true }), problemHandler(createLogger('silent')));
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
  for (const other of ['/missing.png', '/.sources', '/assets/missing.js'])
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
