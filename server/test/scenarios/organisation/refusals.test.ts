import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { refusalsPageSchema } from '../../../src/protocol/nodes.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { operatorOf } from '../../support/operatorOf.ts';
import { issueLinkFor } from '../../support/people.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let operator: Program;
let commune: Program;
before(async () => {
  node = await TestNode.create();
  operator = await node.signIn(await operatorOf(node, 'vn'));
  commune = await node.signIn(await issueLinkFor(node, 'seat', '26734'));
});
after(() => node?.close());

const tries = async () => refusalsPageSchema.parse((await operator.get('/api/refusals')).body).tries;

test('HT17 an operator sees what was refused, by request and by act, to whom and how often', async () => {
  for (let i = 0; i < 3; i++) assert.equal((await commune.post('/api/roster/plans?file=a.csv')).status, 403);
  await commune.post('/api/session/link', { secret: 'x'.repeat(43) });
  const { body } = await commune.get('/api/briefings');
  const channel = await ChannelClient.open(node, commune, body.briefings[0].id);
  await assert.rejects(channel.act('stage.goLive', {}));
  channel.close();
  const seen = await until('all is seen', async () => {
    const found = await tries();
    return found.some(({ way }) => way === 'channel') ? found : undefined;
  });
  const told = seen.map(({ way, act, reason, count, account, address }) => [way, act, reason, count, account, address]);
  const name = seen.find(({ act }) => act === 'stage.goLive')?.account;
  assert.ok(name);
  assert.deepEqual(told.slice(0, 3), [
    ['channel', 'stage.goLive', 'forbidden', 1, name, '127.0.0.0/24'],
    ['http', 'POST /api/session/link', 'link-unknown', 1, null, '127.0.0.0/24'],
    ['http', 'POST /api/roster/plans', 'forbidden', 3, name, '127.0.0.0/24'],
  ]);
  assert.ok((await node.counted('dh_refused_total', 'way="http",reason="forbidden"')) >= 3);
  assert.equal((await commune.get('/api/refusals')).status, 403);
  const leader = await node.signIn(await operatorOf(node, '79'));
  assert.equal((await leader.get('/api/refusals')).body.error.reason, 'outside-territory');
});

test('HT18 tries to sign in are security events with whole addresses', async () => {
  const folder = join(node.folder, 'security');
  const events = async (): Promise<string> => {
    const [file = ''] = await readdir(folder);
    return readFile(join(folder, file), 'utf8').catch(() => '');
  };
  await until('they are written', async () => /a link did not fit/.test(await events()));
  const lines = (await events())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.ok(lines.every(({ address, time }) => address === '127.0.0.1' && Date.parse(time) > 0));
  assert.ok(!(await events()).includes('x'.repeat(43)), 'never what was tried');
});
