import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '../../protocol/organisation.ts';
import { may } from './rights.ts';
import type { StagePlace } from './stage.ts';
import {
  type Claim,
  claimsOn,
  forwardingFrom,
  isAnnounced,
  isNamed,
  sees,
  seesRound,
  sightOf,
  territoriesOver,
  territorySeen,
  viewerOf,
} from './whoSeesWhom.ts';

const viewer = (role: Role, path: string) => ({ role, unit: path.slice(path.lastIndexOf('.') + 1), path });
const commune = { unit: '11', path: 'vn.1.11' };
const neighbour = { unit: '110', path: 'vn.1.110' };

test('FN2, FN3 everybody sees the stage; green room, hands and calls are seen by their unit and the officials above it', () => {
  const viewers: [ReturnType<typeof viewer>, boolean][] = [
    // who looks, and whether it is theirs
    [viewer('principal', 'vn'), true],
    [viewer('moderator', 'vn.1'), true],
    [viewer('moderator', 'vn.1.11'), true],
    [viewer('moderator', 'vn.2'), false],
    [viewer('moderator', 'vn.1.1'), false],
    [viewer('seat', 'vn.1.11'), true],
    [viewer('seat', 'vn.1'), false],
    [viewer('seat', 'vn.1.110'), false],
  ];
  for (const [who, own] of viewers) {
    const sight = sightOf(who);
    const say = `${who.role} of ${who.path}`;
    assert.equal(sees(sight, 'stage', commune), true, say);
    for (const what of ['green', 'hand', 'call'] as const) assert.equal(sees(sight, what, commune), own, say);
  }
  assert.equal(sees({ of: 'unit', unit: null }, 'hand', commune), false);
  assert.equal(sees(sightOf(viewer('seat', 'vn.1.11')), 'hand', neighbour), false);
});

test('an official who may act on a hand or a call sees it, and no other', () => {
  for (const role of ['principal', 'moderator'] as const)
    for (const path of ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.1.1']) {
      const actor = { id: 'a', role, unit: { path } };
      const allowed = may(actor, 'call.start', { paths: [commune.path] }) === 'allowed';
      assert.equal(sees(sightOf(viewer(role, path)), 'call', commune), allowed, `${role} of ${path}`);
    }
});

test('what belongs to a unit is seen from every territory around it', () => {
  assert.deepEqual(territoriesOver('vn.1.11'), ['vn', 'vn.1', 'vn.1.11']);
});

test('tracks by where the publisher stands and who looks; audiences are told of to nobody', () => {
  const table: [StagePlace, string, string, boolean][] = [
    // place, to an official above, to anybody else, announced
    ['stage', 'live', 'live', true],
    ['green', 'live', 'warm', true],
    ['audience', 'none', 'none', false],
  ];
  const above = [viewer('principal', 'vn'), viewer('moderator', 'vn.1')];
  const others = [viewer('moderator', 'vn.2'), viewer('moderator', 'vn.1.1'), viewer('seat', 'vn.1.110')];
  for (const [place, official, other, announced] of table) {
    for (const who of above) assert.equal(forwardingFrom(place, commune, sightOf(who)), official, place);
    for (const who of others) assert.equal(forwardingFrom(place, commune, sightOf(who)), other, place);
    assert.equal(forwardingFrom(place, commune, sightOf(viewer('seat', 'vn.1.11'))), other, place);
    assert.equal(isAnnounced(place), announced, place);
  }
  for (const who of above) assert.equal(isNamed(commune, sightOf(who)), true);
  assert.equal(isNamed(commune, sightOf(viewer('seat', 'vn.1.11'))), true, 'a unit knows its own devices');
  for (const who of others) assert.equal(isNamed(commune, sightOf(who)), false);
});

test('RC17 a round is seen by whom it asks, and by officials of a territory in which one of them lies', () => {
  const round = { asks: (unit: string) => unit === '11', reaches: (path: string) => 'vn.1.11'.startsWith(path) };
  const table: [Role, string, boolean][] = [
    ['seat', 'vn.1.11', true],
    ['seat', 'vn.1', false],
    ['moderator', 'vn.1', true],
    ['moderator', 'vn.2', false],
  ];
  for (const [role, path, seen] of table) assert.equal(seesRound(viewer(role, path), round), seen, `${role} ${path}`);
});

test('PR5 officials are told the numbers of their territory, nobody else any', () => {
  const roles = ['principal', 'moderator', 'seat', 'operator'] as const;
  const seen = roles.map((role) => territorySeen(viewer(role, 'vn.1')));
  assert.deepEqual(seen, ['vn.1', 'vn.1', undefined, undefined]);
});

test('DR13 a directive is read by the side of its issuer, its addressees, and those who lead where one of them lies', () => {
  const table: [Role, string, Claim[]][] = [
    ['principal', 'vn', ['issuer']],
    ['moderator', 'vn.1', ['issuer']],
    ['moderator', 'vn.1.11', ['addressee', 'territory']],
    ['principal', 'vn.2', ['addressee', 'territory']],
    ['seat', 'vn.1', ['addressee']],
    ['seat', 'vn.1.11', ['addressee']],
    ['operator', 'vn', []],
  ];
  for (const [role, path, claims] of table) {
    const { unit: code } = viewer(role, path);
    assert.deepEqual(
      claimsOn({ issuer: { path: 'vn.1' } }, viewerOf({ role, unit: { code, path } })),
      claims,
      `${role} of ${path}`,
    );
  }
});
