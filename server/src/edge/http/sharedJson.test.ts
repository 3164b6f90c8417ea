import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import compression from 'compression';
import express from 'express';
import { mount } from './mount.ts';
import { route } from './route.ts';
import { sharedJson } from './sharedJson.ts';

const text = JSON.stringify({ names: Array.from({ length: 8_000 }, (_, i) => `Xã ${i}`) });
const large = Buffer.from(text);
const small = Buffer.from(text.slice(0, 20_000));

async function bytesOf(accepts: string | undefined, bytes = large) {
  const { encoding, size, bytes: pieces } = await sharedJson('x.json', bytes, accepts);
  const sent: Uint8Array[] = [];
  for await (const piece of pieces) sent.push(piece);
  assert.equal(Buffer.concat(sent).length, size);
  return { encoding, sent };
}

test('FG107 what all fetch is packed once, for whoever takes it packed', async () => {
  const [one, other] = [await bytesOf('gzip, deflate, br'), await bytesOf('br;q=1.0, *')];
  assert.deepEqual([one.encoding, other.encoding], ['gzip', 'gzip']);
  assert.equal(one.sent[0], other.sent[0], 'the same bytes, and not packed again');
  assert.equal(gunzipSync(one.sent[0] as Uint8Array).toString(), text);
  const { encoding, sent } = await bytesOf('gzip, deflate, br', small);
  assert.equal(encoding, 'br', 'what is small, for poor lines');
  assert.deepEqual(brotliDecompressSync(sent[0] as Uint8Array), small);
  assert.equal((await bytesOf('gzip', small)).encoding, 'gzip', 'and for who does not take that');
  for (const plain of [undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, br'])
    assert.deepEqual(await bytesOf(plain), { encoding: undefined, sent: [large] }, plain);
  assert.equal((await bytesOf('gzip;q=0.5')).encoding, 'gzip');
  assert.equal((await bytesOf('gzip', Buffer.from('{}'))).encoding, undefined, 'what fits into a packet goes as it is');
});

test('FG107 it goes out as it was packed, with its length, and nobody packs it again', async (t) => {
  const app = express();
  app.use(compression({ threshold: 0 }));
  const get = { method: 'get', path: '/all', summary: 'All.', access: 'public', files: ['application/json'] } as const;
  const handle = ({ headers }: { readonly headers: Record<string, unknown> }) =>
    sharedJson('all.json', large, headers['accept-encoding'] as string | undefined);
  app.use(
    mount([route({ ...get, handle })], {
      ...{ publicUrl: 'http://127.0.0.1', secure: false },
      authenticate: () => assert.fail('nobody is asked who they are'),
    }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/all`;
  const packed = await fetch(url);
  assert.deepEqual([packed.headers.get('content-encoding'), packed.headers.get('vary')], ['gzip', 'accept-encoding']);
  assert.ok(Number(packed.headers.get('content-length')) < large.length / 2);
  assert.equal(await packed.text(), text);
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(await plain.text(), text);
});
