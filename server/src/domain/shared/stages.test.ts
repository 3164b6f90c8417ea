import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagePlace } from './stage.ts';
import { mainOf, oneStage, relationTo, type StageMap, shownTo, stagesAround } from './stages.ts';
import { forwardingFrom } from './whoSeesWhom.ts';

/** Province 1 and its district 1.1 hold sessions, and so does province 2, where nobody stands. */
const map: StageMap = {
  root: 'vn',
  mains: new Map([
    ['vn.1', 'vn.1'],
    ['vn.1.1', 'vn.1.1'],
    ['vn.2', 'vn.2'],
    ['vn.1.2', 'vn'],
  ]),
  eyes: new Set(),
  occupied: new Set(['vn.1', 'vn.1.1']),
  chosen: new Map([['visitor', 'vn.1']]),
};

test('TR2 TR3 a subtree is shown what the nearest unit above has chosen and where somebody stands', () => {
  const shown = Object.fromEntries(
    ['vn', 'vn.1', 'vn.1.9.1', 'vn.1.1', 'vn.1.1.5', 'vn.1.2.7', 'vn.2.1.1', 'vn.3', 'vn.10', ''].map((path) => [
      path,
      mainOf(map, path),
    ]),
  );
  assert.deepEqual(shown, {
    vn: 'vn',
    'vn.1': 'vn.1',
    'vn.1.9.1': 'vn.1',
    'vn.1.1': 'vn.1.1',
    'vn.1.1.5': 'vn.1.1',
    // It has chosen what the nation shows, though its province has not.
    'vn.1.2.7': 'vn',
    // Nobody is there.
    'vn.2.1.1': 'vn',
    'vn.3': 'vn',
    // Its name begins like that of another.
    'vn.10': 'vn',
    '': 'vn',
  });
  const alone: StageMap = { ...map, occupied: new Set(['vn.1']) };
  assert.equal(mainOf(alone, 'vn.1.1.5'), 'vn.1', 'its district has left, the province is above it');
});

test('TR1 a viewer sees the stages above, ready and silent but for the one shown; of others nothing', () => {
  const rows = (['vn', 'vn.1', 'vn.1.1', 'vn.2'] as const).map((stage) =>
    [
      { identity: 'a', path: 'vn.1.1.5' },
      { identity: 'b', path: 'vn.1.9.1' },
      { identity: 'c', path: 'vn.2.1.1' },
      { identity: 'visitor', path: 'vn' },
      { identity: 'd', path: 'vn' },
    ].map((viewer) => {
      const relation = relationTo(map, viewer, stage);
      assert.equal(stagesAround(map, viewer).has(stage), relation !== 'none', `${viewer.identity} ${stage}`);
      return relation;
    }),
  );
  assert.deepEqual(rows, [
    ['aside', 'aside', 'main', 'aside', 'main'],
    ['aside', 'main', 'none', 'main', 'none'],
    ['main', 'none', 'none', 'none', 'none'],
    ['none', 'none', 'aside', 'none', 'none'],
  ]);
  assert.equal(shownTo(map, 'visitor', 'vn'), 'vn.1');
  assert.deepEqual(oneStage('vn').mains.size, 0);
});

test('TR2 TR16 what is above is kept ready and silent, also its green room for the officials who preview it', () => {
  const owner = { unit: '5', path: 'vn.1.1.5' };
  const official = { of: 'official', territory: 'vn.1' } as const;
  for (const viewer of [official, { of: 'unit', unit: '7' } as const])
    for (const place of ['audience', 'green', 'stage'] as const) {
      assert.equal(forwardingFrom(place, owner, viewer, 'none'), 'none');
    }
  for (const viewer of [official, { of: 'unit', unit: '7' } as const]) {
    const aside = (place: StagePlace) => forwardingFrom(place, owner, viewer, 'aside');
    assert.deepEqual([aside('audience'), aside('green'), aside('stage')], ['none', 'warm', 'aside']);
  }
  assert.equal(forwardingFrom('green', owner, official, 'main'), 'live');
  assert.equal(forwardingFrom('stage', owner, official, 'main'), 'live');
});
