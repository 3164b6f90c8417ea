import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneStage, type StageMap } from '../../domain/shared/stages.ts';
import { Audiences } from './Audiences.ts';
import { standingOf } from './places.ts';
import { StageOrders, type StageViewer } from './StageOrders.ts';

const provinces = ['vn.72', 'vn.75', 'vn.79'];
const paths = ['vn', ...provinces, ...provinces.flatMap((p) => [`${p}.1`, `${p}.1.10`, `${p}.2.20`]), ''];
const viewers = paths.map((path) => ({
  identity: `at ${path}`,
  standing: standingOf({ 'dh.path': path, 'dh.unit': path.split('.').at(-1) ?? '', 'dh.role': 'seat' }),
}));
const stages = ['vn', ...provinces, 'vn.79.1'];
const maps: readonly StageMap[] = [
  oneStage('vn'),
  { ...oneStage('vn'), mains: new Map(provinces.map((p) => [p, p])), occupied: new Set(provinces) },
  {
    root: 'vn',
    mains: new Map([...provinces, 'vn.79.1'].map((p) => [p, p])),
    eyes: new Set(['vn.79']),
    occupied: new Set(['vn.75', 'vn.79.1']),
    chosen: new Map([
      ['at vn', 'vn.79.1'],
      ['at vn.72.1', 'vn.72'],
      ['who is not here', 'vn.75'],
    ]),
  },
];

function roomOf(map: StageMap) {
  const orders = new StageOrders();
  orders.reset({ kind: 'stage', stages: map }, []);
  const members = new Map<string, StageViewer>(viewers.map((viewer) => [viewer.identity, viewer]));
  const audiences = new Audiences<StageViewer>(orders, members);
  for (const viewer of viewers) audiences.put(viewer);
  return { orders, members, audiences };
}

test('TR1 TR8 the audience of a stage is everybody to whom it is something, and nobody else', () => {
  for (const map of maps) {
    const { orders, audiences } = roomOf(map);
    for (const stage of stages) {
      const seen = viewers.filter((viewer) => orders.relation(viewer, stage) !== 'none').map((v) => v.identity);
      const found = [...audiences.of(stage)].map((v) => v.identity);
      assert.deepEqual(found.toSorted(), seen.toSorted(), `${stage} of ${maps.indexOf(map)}`);
    }
  }
});

test('TR8 whoever has gone, or lies elsewhere now, is in no audience of before', () => {
  const { members, audiences } = roomOf(maps[1] as StageMap);
  const names = (stage: string) => [...audiences.of(stage)].map(({ identity }) => identity).toSorted();
  const [gone, moved] = [members.get('at vn.79.1.10'), members.get('at vn.79.2.20')];
  assert.ok(gone && moved);
  audiences.delete(gone);
  audiences.put(Object.assign(moved, { standing: standingOf({ 'dh.path': 'vn.75.9' }) }));
  assert.deepEqual(names('vn.79'), ['at vn.79', 'at vn.79.1']);
  assert.ok(names('vn.75').includes('at vn.79.2.20'));
});

test('an open room is one audience', () => {
  const members = new Map<string, StageViewer>(viewers.map((viewer) => [viewer.identity, viewer]));
  assert.equal([...new Audiences<StageViewer>(new StageOrders(), members).of('')].length, viewers.length);
});
