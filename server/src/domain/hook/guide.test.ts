import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { newHookSecret, signatureHeaders } from './sign.ts';

const GUIDE = new URL('../../../../docs/operations/webhooks.md', import.meta.url);

type Verify = (secret: string, headers: Readonly<Record<string, string>>, body: string) => unknown;

test('WH7 WH10 what the guide says to receivers verifies what is sent, and nothing else', async () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(await readFile(GUIDE, 'utf8')) ?? [];
  const { verify } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { verify: Verify };
  const [old, fresh] = [newHookSecret(), newHookSecret()];
  const body = '{"type":"test","data":{"title":"Chống dịch"}}';
  const now = Math.floor(Date.now() / 1000);
  const headers = signatureHeaders([fresh, old], { event: 'test-1', body }, now);
  for (const secret of [old, fresh]) assert.deepEqual(verify(secret, headers, body), JSON.parse(body));
  assert.throws(() => verify(newHookSecret(), headers, body), /not signed/);
  assert.throws(() => verify(old, headers, body.replace('test', 'tast')), /not signed/);
  assert.throws(() => verify(old, { ...headers, 'webhook-id': 'test-2' }, body), /not signed/);
  const late = signatureHeaders([fresh], { event: 'test-1', body }, now - 600);
  assert.throws(() => verify(fresh, late, body), /too old/);
});
