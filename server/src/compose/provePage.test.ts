import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '../config.ts';
import { createWebServer } from '../edge/http/createWebServer.ts';
import { localCertificate, ServedCertificate } from '../edge/sharedPort/index.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { createLogger } from '../observability/logger.ts';
import { tlsFolder } from './places.ts';
import { provePage } from './provePage.ts';

const quiet = createLogger('silent');
const html = '<!doctype html><div id="root"></div><script type="module" crossorigin src="/assets/a-1.js"></script>';
const good: RequestListener = ({ url }, response) => {
  const [type, body] = url === '/' ? ['text/html; charset=utf-8', html] : ['text/javascript', 'begin();'];
  response.setHeader('content-type', type).end(body);
};
const insteadAt =
  (path: string, status: number, type: string): RequestListener =>
  (request, response) => {
    if (request.url !== path) return good(request, response);
    response.writeHead(status, { 'content-type': type }).end('{}');
  };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-prove-'));
  await writeFile(join(folder, 'index.html'), html);
});
after(() => rm(folder, { recursive: true }));

/**
 * Proves the page of a server that handles requests so; it is handed its connections by another listener, as the real
 * one is.
 */
async function prove(handle: RequestListener, env: NodeJS.ProcessEnv = {}, names?: readonly string[]): Promise<void> {
  const config = { ...readConfig({ DATA_DIR: folder, ...env }) };
  const files = names && (await localCertificate(tlsFolder(config), { must: names, all: names }));
  const web: Server = createWebServer(handle, { certificate: files && (await ServedCertificate.create(files)) });
  const listener = createServer((socket) => web.emit('connection', socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  try {
    await provePage({ ...config, PORT: (listener.address() as AddressInfo).port }, quiet, folder);
  } finally {
    web.closeAllConnections();
    listener.close();
  }
}

test('the page and its script are asked for, and pass', () => prove(good));

test('whatever else comes is a refusal that says what came', async () => {
  const refused = (handle: RequestListener, sentence: RegExp) =>
    assert.rejects(prove(handle), (error) => error instanceof StartRefusal && sentence.test(error.message));
  await refused(
    insteadAt('/', 400, 'application/json'),
    /\/, asked of this server itself, was answered with 400 \{\}; delete/,
  );
  await refused(insteadAt('/', 200, 'application/json'), /came as application\/json that is not the page; delete/);
  await refused(insteadAt('/assets/a-1.js', 404, 'application/json'), /\/assets\/a-1\.js, .* answered with 404/);
  await refused(insteadAt('/assets/a-1.js', 200, 'text/html'), /\/assets\/a-1\.js, .* came as text\/html/);
  await refused(({ socket }) => socket.destroy(), /failed \(socket hang up\)/);
});

test('a page that was never built is named', async () => {
  const config = readConfig({ DATA_DIR: folder });
  await assert.rejects(provePage(config, quiet, join(folder, 'nowhere')), /not built .*nowhere.*npm run build -w web/);
});

test('by HTTPS it trusts our own authority, and asks by the public name', async () => {
  const env = { HOST: '0.0.0.0', PUBLIC_URL: 'https://hop.example:8443' };
  let host: string | undefined;
  const noting: RequestListener = (request, response) => {
    host = request.headers.host;
    good(request, response);
  };
  await prove(noting, env, ['hop.example']);
  assert.equal(host, 'hop.example:8443');
  await assert.rejects(prove(good, env, ['other.example']), /hop\.example.* failed \(.*altnames/);
});

test('behind a proxy it asks as the proxy does', async () => {
  let seen: unknown;
  await prove(
    (request, response) => {
      const { host, 'x-forwarded-proto': proto } = request.headers;
      seen = { host, proto };
      good(request, response);
    },
    { HOST: '0.0.0.0', TRUST_PROXY: '127.0.0.1', PUBLIC_URL: 'https://hop.example' },
  );
  assert.deepEqual(seen, { host: 'hop.example', proto: 'https' });
});
