import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { sessionHeader } from '../../../src/protocol/session.ts';
import { type Answer, type BrowserLike, TestNode } from '../../support/TestNode.ts';
import { within } from '../../support/until.ts';

/** As browsers meet it: TLS ends at the proxy in front. */
let node: TestNode;
/** The one that has the link of the principal. */
let prime: BrowserLike;
before(async () => {
  node = await TestNode.create({ PUBLIC_URL: 'https://dh.example', TRUST_PROXY: '127.0.0.1' });
  prime = node.browser();
});
after(() => node?.close());

const signIn = (browser: BrowserLike, who: string): Promise<Answer> =>
  browser.post('/api/session/link', { secret: node.secret(who) });

test('WB1 under TLS cookies are of this host alone, and one without the prefix is not heard, by request or channel', async () => {
  const browser = prime;
  const signed = await signIn(browser, 'Prime');
  const lines = signed.headers.getSetCookie();
  assert.equal(lines.length, 2);
  for (const line of lines) {
    assert.match(line, /^__Host-dh\.[\w.-]+=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    assert.doesNotMatch(line, /Domain/i);
  }
  browser.session = signed.body.session;
  const briefing = (await browser.get('/api/briefings')).body.briefings[0].id;
  const { identity } = (await browser.post(`/api/briefings/${briefing}/join`)).body;
  const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const neighbours = cookies.replaceAll('__Host-', '');

  const asked = (cookie: string) =>
    node.browser().send('GET', '/api/session', undefined, { cookie, [sessionHeader]: signed.body.session });
  assert.deepEqual([(await asked(cookies)).status, (await asked(neighbours)).status], [200, 401]);

  const opened = async (cookie: string) => {
    const auth = { session: signed.body.session, briefing, identity };
    const socket = io(node.url, { transports: ['websocket'], auth, extraHeaders: { cookie }, forceNew: true });
    const outcome = new Promise<string | undefined>((resolve) => {
      socket.once('connect', () => resolve('in'));
      socket.once('connect_error', (error) =>
        resolve((error as { data?: { error?: { reason: string } } }).data?.error?.reason),
      );
    });
    return within('the channel is open or refused', outcome, 30_000).finally(() => socket.close());
  };
  assert.deepEqual([await opened(cookies), await opened(neighbours)], ['in', 'unauthenticated']);
});

test('WB1 a browser that an earlier version knew keeps its links, and a neighbour can bind none', async () => {
  const [one, two] = node.links.filter(({ who }) => who.startsWith('commune')).map(({ who }) => who);
  const known = node.browser();
  await signIn(known, one as string);
  const device = known.cookies.get('__Host-dh.device') as string;
  known.cookies.clear();
  known.cookies.set('dh.device', device);
  const again = await signIn(known, one as string);
  assert.equal(again.status, 200);
  assert.deepEqual([...known.cookies.keys()].sort(), ['__Host-dh.device', `__Host-dh.s.${again.body.session}`].sort());
  assert.equal(known.cookies.get('__Host-dh.device'), device);

  const lured = node.browser();
  lured.cookies.set('dh.device', 'x'.repeat(43));
  assert.equal((await signIn(lured, two as string)).status, 200);
  assert.notEqual(lured.cookies.get('__Host-dh.device'), 'x'.repeat(43));
});

test('WB1 on loopback without TLS the cookies have no prefix, since browsers would not take it there', async () => {
  const plain = await TestNode.create();
  try {
    const { headers } = await plain.browser().post('/api/session/link', { secret: plain.secret('Prime') });
    for (const line of headers.getSetCookie()) assert.match(line, /^dh\..*; HttpOnly; SameSite=Strict$/);
  } finally {
    await plain.close();
  }
});

test('WB2 SW7 the page may run and show what is named alone, and makes no code from texts', async () => {
  const { headers } = await fetch(`${node.url}/`, { headers: { accept: 'text/html' } });
  const policy = Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ');
      return [name, values.join(' ')];
    }),
  );
  assert.deepEqual(policy, {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self' https://dh.example wss://dh.example",
    'manifest-src': "'self'",
    'worker-src': 'https://dh.example/sw.js',
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'dh-shell',
  });
  const rest = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
  };
  for (const [name, value] of Object.entries(rest)) assert.equal(headers.get(name), value, name);
});

test('WB2 nothing of this site is a resource of another one, and no answer stays in a cache', async () => {
  const browser = prime;
  browser.session = (await signIn(browser, 'Prime')).body.session;
  for (const path of ['/', '/assets/none.js', '/api/session', '/api/installation', '/healthz']) {
    const { headers } = await browser.get(path);
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
  }
  assert.equal((await browser.get('/api/session')).headers.get('cache-control'), 'no-store');
});

test('WB3 who signs out and wants nothing kept has the browser delete it; else it deletes nothing', async () => {
  const browser = prime;
  browser.session = (await signIn(browser, 'Prime')).body.session;
  const device = browser.cookies.get('__Host-dh.device');
  const wiped = await browser.send('DELETE', '/api/session?kept=nothing');
  assert.deepEqual([wiped.status, wiped.headers.get('clear-site-data')], [204, '"cache", "storage"']);
  assert.deepEqual(
    [...browser.cookies],
    [['__Host-dh.device', device]],
    'a link opens again on the device it is bound to',
  );
  browser.session = (await signIn(browser, 'Prime')).body.session;
  const kept = await browser.send('DELETE', '/api/session');
  assert.deepEqual([kept.status, kept.headers.get('clear-site-data')], [204, null]);
});
