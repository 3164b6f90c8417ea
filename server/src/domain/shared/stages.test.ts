import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../test/support/randomOf.ts';
import type { StagePlace } from './stage.ts';
import {
  mainOf,
  oneStage,
  relationTo,
  type StageMap,
  shownTo,
  stagesAround,
  touchedDevices,
  touchedUnits,
} from './stages.ts';
import { liesIn } from './territory.ts';
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

test('TR2 TR8 of any change whoever is shown another stage lies below a unit that it touched, or has chosen otherwise', () => {
  const nodes = ['1', '2'];
  const below = (units: readonly string[]) => units.flatMap((unit) => nodes.map((nr) => `${unit}.${nr}`));
  const [provinces, districts] = [below(['vn']), below(below(['vn']))];
  const units = ['vn', ...provinces, ...districts, ...below(districts)];
  let [shownAnother, untouched] = [0, 0];
  for (let seed = 0; seed < 1_000; seed++) {
    const random = randomOf(seed);
    const some = (): string[] => units.filter(() => random() < 0.2);
    const pick = (): string => units[Math.floor(random() * units.length)] ?? '';
    const change = (of: StageMap): StageMap => ({
      root: 'vn',
      mains: random() < 0.5 ? of.mains : new Map(some().map((unit) => [unit, pick()])),
      eyes: random() < 0.5 ? of.eyes : new Set(some().slice(0, 2)),
      occupied: random() < 0.5 ? of.occupied : new Set(some()),
      chosen: random() < 0.5 ? of.chosen : new Map(some().map((unit) => [unit, pick()])),
    });
    const before = change(change(oneStage('vn')));
    const after = change(before);
    const [touched, devices] = [touchedUnits(before, after), touchedDevices(before, after)];
    // A device of each unit, by the name of its unit.
    for (const unit of units) {
      const looked = liesIn(unit, touched) || devices.has(unit);
      const isOther = shownTo(before, unit, unit) !== shownTo(after, unit, unit);
      assert.ok(looked || !isOther, `${unit} of world ${seed}`);
      shownAnother += Number(isOther);
      untouched += Number(!looked);
    }
  }
  assert.ok(shownAnother > 1_000 && untouched > 1_000, `${shownAnother}, ${untouched}`);
});

test('TR6 TR8 the press of one of three hundred moderators touches the own unit alone', () => {
  const open = (count: number): StageMap => {
    const own = Array.from({ length: count }, (_, i) => [`vn.1.${i}`, `vn.1.${i}`] as const);
    const map = { mains: new Map(own), occupied: new Set(own.map(([unit]) => unit)), chosen: new Map(own) };
    return { ...oneStage('vn'), ...map };
  };
  assert.deepEqual([...touchedUnits(open(299), open(300))], ['vn.1.299']);
  assert.deepEqual([...touchedDevices(open(300), open(299))], ['vn.1.299']);
});
