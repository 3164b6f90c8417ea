import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import type { Account, Role } from '../../protocol/organisation.ts';
import { NodeDesk } from './NodeDesk.ts';
import type { KnownNode, NodeReport, NodeSays } from './ports.ts';

const says = (more: Partial<NodeSays> = {}): NodeSays => ({
  ...{ version: '1.2.3', since: 0, region: 'south', cores: 4, draining: false, drained: false },
  load: { packets: 0, mbit: 0, workers: 0, loop: 0, viewers: 2, devices: 3 },
  ...more,
});
const node = (name: string, about: NodeSays = says()): KnownNode => ({ node: name, boot: `boot ${name}`, about });
/** Of a version that says nothing of itself. */
const silent: KnownNode = { node: 'old', boot: 'boot old' };
const quiet: NodeReport = { address: 'https://dh.example', pipeAddress: '10.0.0.1', pipes: [], viewers: [] };

function accountOf(role: Role = 'operator', path = 'vn'): Account {
  const unit = { code: path.split('.').at(-1) ?? '', path, name: path, tier: 'nation' };
  return { id: role, role, name: 'Quản trị hệ thống', unit } as unknown as Account;
}

function deskOf(nodes: readonly KnownNode[], reports: Record<string, NodeReport> = {}) {
  const drained: [boot: string, draining: boolean, by: string][] = [];
  const desk = new NodeDesk({
    self: { node: 'one', boot: 'boot one' },
    cluster: true,
    nodes: () => nodes,
    known: () => true,
    expected: (boot) => (boot === 'boot one' ? 10 : 0),
    need: { packets: 200, mbit: 2 },
    report: async ({ node }) => {
      const report = reports[node];
      if (!report) throw new DomainError('store-unavailable', 'no answer');
      return report;
    },
    setDraining: async ({ boot }, draining, by) => void drained.push([boot, draining, by]),
    carried: () => [],
    nameOf: (unit) => (unit === '79' ? 'Thành phố Hồ Chí Minh' : undefined),
    events: async () => [],
  });
  return { desk, drained };
}

const refusal = (reason: string) => (error: unknown) => error instanceof DomainError && error.reason === reason;

test('PL12 nodes are for operators of the whole tree, and for nobody else', async () => {
  const { desk, drained } = deskOf([node('one'), node('two')]);
  for (const role of ['principal', 'moderator', 'seat', 'screen'] as const) {
    await assert.rejects(desk.page(accountOf(role)), refusal('forbidden'), role);
    await assert.rejects(desk.setDraining(accountOf(role), 'boot two', true), refusal('forbidden'), role);
  }
  const ofProvince = accountOf('operator', 'vn.79');
  await assert.rejects(desk.page(ofProvince), refusal('outside-territory'));
  await assert.rejects(desk.setDraining(ofProvince, 'boot two', true), refusal('outside-territory'));
  assert.deepEqual(drained, []);
});

test('PL12 each node as it says of itself, with what it has room for, and by name', async () => {
  const busy = says({ load: { packets: 100_000, mbit: 0, workers: 1, loop: 0.3, viewers: 500, devices: 700 } });
  const { desk } = deskOf([node('two', says({ draining: true })), node('one', busy), silent], {
    one: quiet,
  });
  const { nodes } = await desk.page(accountOf());
  assert.deepEqual(
    nodes.map(({ name, here, about }) => [name, here, about?.state, about?.room, about?.expected]),
    [
      // 280,000 packets a second are given of 400,000; each viewer takes 200, and ten are on their way.
      ['old', false, undefined, undefined, undefined],
      ['one', true, 'serves', 889, 10],
      ['two', false, 'drains', 0, 0],
    ],
  );
  assert.deepEqual(nodes[1]?.about?.uses, [
    { what: 'cores', used: 1, of: 4, given: 4 * 0.7 },
    { what: 'packets', used: 100_000, of: 400_000, given: 400_000 * 0.7 },
    { what: 'loop', used: 0.3, of: 1, given: 0.6 },
  ]);
});

test('PL12 a node that does not answer is shown without what it alone knows, and keeps nobody from the others', async () => {
  const pipe = { from: 'boot two', tracks: 3, relayed: 1, packets: 420, lost: 0.01 };
  const { desk } = deskOf([node('one'), node('two')], {
    one: {
      ...quiet,
      pipes: [pipe],
      viewers: [
        ['vn.79', 5],
        ['', 1],
      ],
    },
  });
  const page = await desk.page(accountOf());
  assert.deepEqual(
    page.nodes.map(({ name, reached }) => [name, reached]),
    [
      ['one', { address: 'https://dh.example', pipes: '10.0.0.1' }],
      ['two', null],
    ],
  );
  assert.deepEqual(page.pipes, [{ ...pipe, to: 'boot one' }]);
  assert.deepEqual(page.viewers, [
    { unit: '79', name: 'Thành phố Hồ Chí Minh', at: { 'boot one': 5 } },
    { unit: null, name: null, at: { 'boot one': 1 } },
  ]);
});

test('PL12 viewers of a unit at several nodes stand in one row', async () => {
  const { desk } = deskOf([node('one'), node('two')], {
    one: { ...quiet, viewers: [['vn.79', 5]] },
    two: { ...quiet, viewers: [['vn.79', 7]] },
  });
  const { viewers } = await desk.page(accountOf());
  assert.deepEqual(
    viewers.map(({ at }) => at),
    [{ 'boot one': 5, 'boot two': 7 }],
  );
});

test('PL13 a node is drained when another takes viewers, in the name of who asked', async () => {
  const { desk, drained } = deskOf([node('one'), node('two', says({ draining: true }))]);
  await desk.setDraining(accountOf(), 'boot two', true);
  await desk.setDraining(accountOf(), 'boot two', false);
  assert.deepEqual(drained, [
    ['boot two', true, 'Quản trị hệ thống'],
    ['boot two', false, 'Quản trị hệ thống'],
  ]);
  await assert.rejects(desk.setDraining(accountOf(), 'boot one', true), refusal('conflict'));
  await assert.rejects(desk.setDraining(accountOf(), 'boot three', true), refusal('not-found'));
  assert.equal(drained.length, 2);
});

test('PL13 the only node is not drained, nor one beside those that say nothing of themselves', async () => {
  for (const others of [[], [silent]]) {
    const { desk, drained } = deskOf([node('one'), ...others]);
    await assert.rejects(desk.setDraining(accountOf(), 'boot one', true), refusal('conflict'));
    assert.deepEqual(drained, []);
  }
});
