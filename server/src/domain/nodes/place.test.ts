import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlaceableNode, place, roomLeft } from './place.ts';

const need = { packets: 200, mbit: 2 };
const idle = { packets: 0, mbit: 0, workers: 0, loop: 0 };
const nodeOf = (boot: string, more: Partial<PlaceableNode> = {}): PlaceableNode => ({
  ...{ boot, region: 'south', cores: 4, load: idle, draining: false },
  ...more,
});
const nobody = () => 0;
const here = { region: 'south', atOnce: false };
const at = (
  nodes: PlaceableNode[],
  expected: (boot: string) => number = nobody,
  who: Parameters<typeof place>[3] = here,
): string => {
  const given = place(nodes, expected, need, who);
  return given.kind === 'at' ? given.node.boot : given.kind;
};

test('PL8 the node with most room left, by whatever is scarcest there', () => {
  const cores = nodeOf('a', { load: { ...idle, workers: 1 } });
  const packets = nodeOf('b', { load: { ...idle, packets: 100_000 } });
  const line = nodeOf('c', { mbit: 1_000, load: { ...idle, mbit: 200 } });
  const loop = nodeOf('d', { load: { ...idle, loop: 0.3 } });
  assert.equal(at([cores, packets, line, loop]), 'c');
  const shares = [cores, packets, line, loop].map((node) => roomLeft(node, 0, need).toFixed(2));
  assert.deepEqual(shares, ['0.64', '0.64', '0.71', '0.50']);
});

test('PL8 who was sent to a node and is not in its load yet takes room there', () => {
  const nodes = [nodeOf('a'), nodeOf('b')];
  const sent = new Map<string, number>();
  for (let i = 0; i < 100; i++) {
    const boot = at(nodes, (b) => sent.get(b) ?? 0);
    sent.set(boot, (sent.get(boot) ?? 0) + 1);
  }
  assert.deepEqual([...sent.values()], [50, 50]);
});

test('PL8 region first, as long as there is room in it; and never a node that drains', () => {
  const far = nodeOf('a', { region: 'north' });
  const busy = nodeOf('b', { load: { ...idle, workers: 2 } });
  assert.equal(at([far, busy]), 'b');
  assert.equal(at([far, { ...busy, load: { ...idle, workers: 3 } }]), 'a');
  assert.equal(at([far, { ...busy, draining: true }]), 'a');
  assert.equal(at([{ ...far, draining: true }]), 'draining');
  assert.equal(at([]), 'draining');
});

test('PL9 where nobody has room a viewer is refused, and an official is let in where there is most left', () => {
  const full = nodeOf('a', { load: { ...idle, workers: 3 } });
  const fuller = nodeOf('b', { load: { ...idle, workers: 4 } });
  assert.equal(at([fuller, full]), 'full');
  assert.equal(at([fuller, full], nobody, { ...here, atOnce: true }), 'a');
});

test('PL10 a node that the viewer did not reach is not named again, unless there is no other', () => {
  const [one, two] = [nodeOf('a', { url: 'https://a.example' }), nodeOf('b', { url: 'https://b.example' })];
  assert.equal(at([one, two], nobody, { ...here, not: ['https://a.example'] }), 'b');
  assert.equal(at([one, { ...two, draining: true }], nobody, { ...here, not: ['https://a.example'] }), 'a');
  const three = nodeOf('c', { url: 'https://c.example' });
  const not = ['https://a.example', 'https://b.example'];
  assert.equal(at([one, two, three], nobody, { ...here, not }), 'c', 'two that are silent are both passed over');
  assert.equal(at([one, two], nobody, { ...here, not }), 'a');
});

test('PL23 a node to which as many are on their way as it lets in is passed over while another has room', () => {
  const [empty, used] = [nodeOf('a', { joins: 20 }), nodeOf('b', { joins: 20, load: { ...idle, workers: 2 } })];
  const sent = new Map<string, number>();
  const expected = (boot: string) => sent.get(boot) ?? 0;
  for (let i = 0; i < 300; i++) {
    const boot = at([empty, used], expected);
    sent.set(boot, expected(boot) + 1);
  }
  assert.deepEqual(Object.fromEntries(sent), { a: 240, b: 60 }, 'forty a second, for six seconds');
  const far = nodeOf('c', { joins: 20, region: 'north' });
  assert.equal(at([empty, far], expected), 'a', 'those of a region stay in it');
  assert.equal(
    at([{ ...empty, joins: undefined }, used], expected),
    'a',
    'the version before does not say what it lets in',
  );
  sent.set('b', 240);
  assert.equal(at([empty, used], expected), 'a', 'all alike: most room again');
});

test('PL26 nobody is sent to a node that media of the stage does not reach, as long as it reaches another one', () => {
  const cut = nodeOf('a', { lacksMedia: true });
  const full = nodeOf('b', { load: { ...idle, workers: 4 } });
  assert.equal(at([cut, nodeOf('b', { load: { ...idle, workers: 2 } })]), 'b');
  assert.equal(at([cut, full]), 'full', 'room without a picture is none');
  assert.equal(at([cut, full], nobody, { ...here, atOnce: true }), 'b');
  assert.equal(at([cut, nodeOf('c', { lacksMedia: true })]), 'a', 'where all lack it, one is as good as the other');
});
