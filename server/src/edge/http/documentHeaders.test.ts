import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Health } from '../../observability/health.ts';
import { createLogger } from '../../observability/logger.ts';
import { Metrics } from '../../observability/metrics.ts';
import { refuse } from '../../protocol/errors.ts';
import { createHttpApp } from './createHttpApp.ts';
import { createWebServer } from './createWebServer.ts';

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const PAGE = '<!doctype html><div id="root"></div>';
/** What a document carries. */
const POLICY = [
  'content-security-policy',
  'permissions-policy',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'strict-transport-security',
  'x-content-type-options',
];
/** Names of what is a file below `assets/`, as a client may write them. */
const FILES = ['/assets/a-1.js', '/assets/b-2.woff2', '/assets/c-3.svg'];
/** What is no file there, and lies below it however it is written. */
const BELOW = [
  ...['/assets', '/assets/', '/assets//', '/assets/x', '/assets/x/', '/assets/x/y', '/assets/moderator', '/assets/a-1'],
  ...['/assets/x.html', '/assets/a-1.js/x', '/assets/a-1.js/', '/assets/sub', '/assets/sub/', '/assets/sub/none'],
  ...['/%61ssets/x', '/%61ssets', '/assets%2fx', '/assets%2Fx%2Fy', '/assets/%2e/x', '/assets/%78', '/ASSETS/x'],
  ...['/assets/./x', '/assets/../assets/x', '/x/../assets/x', '/./assets/x', '/%2e/assets/x', '/x/%2e%2e/assets/x'],
  ...['//assets/x', '///assets/x', '/assets//x', '/\\assets\\x', '/assets\\x', '/assets%5cx', '/%5Cassets/x'],
  ...['/assets/x%00', '/assets/%00', '/assets%00/x', '/assets/%0d%0a', '/assets/x?y=1', '/assets?x', '/assets/;x'],
  ...['/assets/%252e%252e/x', '/assets/..;/x', '/assets/%c0%ae%c0%ae/x', '/assets/%', '/assets/%zz', '/assets/..%2fx'],
];
/** What leads away from it, and odd ones beside it. */
const ODD = [
  ...['/', '//', '/moderator', '/b/12/seat', '/moderator/', '/index.html', '/%69ndex.html', '/missing.png', '/x%00'],
  ...[
    '/assets/..',
    '/assets/../',
    '/assets/../moderator',
    '/assets/%2e%2e/moderator',
    '/assets/x/../..',
    '/assets/%2e%2e',
  ],
  ...[
    '/assetsx',
    '/api',
    '/api/',
    '/api/x',
    '/%61pi/x',
    '/API/x',
    '/rtc',
    '/twirp/x',
    '/metrics',
    '/healthz',
    '/readyz',
  ],
  ...[
    '/socket.io/',
    '/%',
    '/%zz',
    '/a%2fb',
    '/a\\b',
    '/../x',
    '/..%2f..%2fetc/passwd',
    '/sub',
    '/sub/',
    '/.sources',
    '/?x',
  ],
];
const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND'];

let web: Server;
let port: Server;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-headers-'));
  await mkdir(join(folder, 'assets/sub'), { recursive: true });
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, '.sources'), 'a stamp');
  for (const file of FILES) await writeFile(join(folder, file), 'x'.repeat(100));
  const app = createHttpApp({
    ...{ logger: createLogger('silent'), metrics: new Metrics('one'), health: new Health(), routes: [] },
    ...{ publicUrl: 'https://dh.example', secure: true, webFolder: folder, shellWorker: true },
    authenticate: () => Promise.reject(refuse('unauthenticated', 'no session')),
  });
  web = createWebServer(app, {});
  const listening = createServer((socket) => web.emit('connection', socket)).listen(0, '127.0.0.1');
  port = listening as unknown as Server;
  await new Promise((resolve) => listening.once('listening', resolve));
});
after(async () => {
  web?.closeAllConnections();
  port?.close();
  await rm(folder, { recursive: true });
});

/** As it stands: a client would tidy the path up. */
function ask(method: string, path: string, accept = 'text/html,*/*'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect((port.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n', 2);
      const lines = head.split('\r\n').slice(1);
      const headers = new Map(
        lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^.*?: /, '')]),
      );
      resolve({ status: Number(text.slice(9, 12)), headers, body });
    });
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`);
  });
}

const policyOf = ({ headers }: Answer) => POLICY.map((name) => headers.get(name));
const isDocument = ({ headers }: Answer): boolean => (headers.get('content-type') ?? '').startsWith('text/html');

test('WB4 below assets/ what is no file is not found, however its address is written', async () => {
  for (const method of METHODS)
    for (const path of BELOW) {
      const answer = await ask(method, path);
      assert.ok(!isDocument(answer), `${method} ${path}`);
      assert.ok(!answer.body.includes('root'), `${method} ${path}`);
      // What cannot be decoded is no address, and what Node cannot read no request.
      assert.ok([404, 400].includes(answer.status), `${method} ${path}: ${answer.status}`);
      if (answer.status === 400) assert.match(path, /%(?!61|2|5|78|0|c)/i, path);
    }
});

test('WB4 every document carries the whole policy, whatever address and method brought it', async () => {
  const page = await ask('GET', '/');
  assert.equal(page.body, PAGE);
  const whole = policyOf(page);
  for (const value of whole) assert.ok(value, `${whole}`);
  assert.match(whole[0] ?? '', /frame-ancestors 'none'/);
  let documents = 0;
  for (const method of METHODS)
    for (const path of [...ODD, ...BELOW, ...FILES])
      for (const accept of ['text/html', '*/*', 'application/json']) {
        const answer = await ask(method, path, accept);
        if (!isDocument(answer)) continue;
        documents += 1;
        assert.deepEqual(policyOf(answer), whole, `${method} ${path}`);
      }
  assert.ok(documents > 10, `${documents}`);
});

test('WB4 views are views still, and what a script or font says of itself stays short', async () => {
  for (const view of ['/', '/moderator', '/b/12/seat', '/moderator/', '/assetsx', '/assets;x', '/?x'])
    assert.equal((await ask('GET', view)).body, PAGE, view);
  for (const file of FILES) {
    const answer = await ask('GET', file);
    assert.equal(answer.status, 200, file);
    const long = POLICY.filter((name) => name !== 'x-content-type-options' && answer.headers.has(name));
    assert.deepEqual(long, [], file);
  }
});
