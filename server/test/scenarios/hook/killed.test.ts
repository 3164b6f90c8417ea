import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hookSecretSchema } from '../../../src/protocol/hook.ts';
import { HookReceiver, isSignedBy } from '../../support/HookReceiver.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

let node: ServerProcess;
let receiver: HookReceiver;
before(async () => {
  receiver = await HookReceiver.open();
  node = await ServerProcess.create({ HOOKS_LOOPBACK: 'on' });
});
after(async () => {
  await node?.close();
  await receiver?.close();
});

test('WH1 WH2 of acts between kills of the server each is told, signed, and none is invented', async () => {
  let pm = await node.signIn(node.secret('Prime'));
  const hook = { name: 'Trục văn bản', url: receiver.url, territory: 'vn', events: ['directive.given'] };
  const made = await pm.post('/api/hooks', hook);
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const { secret } = hookSecretSchema.parse(made.body);
  const given: string[] = [];
  for (let kill = 0; kill < 3; kill++) {
    for (let i = 0; i < 3; i++) {
      const wanted = { key: randomUUID(), title: 'Trực ban', text: 'Trực đủ 24 giờ.', addressees: { to: ['vn'] } };
      const { status, body } = await pm.post('/api/directives', wanted);
      assert.equal(status, 200, JSON.stringify(body));
      given.push(`directive-given-${body.id}`);
    }
    // The first time before anything of it is delivered, as far as can be told from here; then while it is.
    if (kill > 0) await until('something is delivered', () => receiver.received.length > 3 * kill);
    await node.kill();
    await node.start();
    pm = await node.signIn(node.secret('Prime'));
  }
  await until('all are delivered', () => new Set(receiver.received.map(({ id }) => id)).size === given.length, 60_000);
  assert.deepEqual([...new Set(receiver.received.map(({ id }) => id))].toSorted(), given.toSorted());
  assert.ok(receiver.received.every((event) => isSignedBy(secret, event)));
  const bodies = Map.groupBy(receiver.received, ({ id }) => id);
  for (const [id, told] of bodies) assert.equal(new Set(told.map(({ body }) => body)).size, 1, id);
});
