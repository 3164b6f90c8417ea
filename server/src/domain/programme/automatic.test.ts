import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OnStage } from '../../protocol/scene.ts';
import { automaticShot, type Shot, type Voice } from './automatic.ts';

const on = (identity: string, role: OnStage['role'] = 'seat', second = 0): OnStage => {
  return { identity, role, since: new Date(second * 1000).toISOString() };
};
const pm = on('pm', 'principal', 9);
const [a, b] = [on('a', 'seat', 1), on('b', 'seat', 2)];
const speaks = (since: number): Voice => ({ speaking: true, since });
const silent = (since: number): Voice => ({ speaking: false, since });
const NOW = 100_000;
const old = (identity: string | null): Shot => ({ identity, since: NOW - 60_000 });

interface Case {
  readonly shot: Shot;
  readonly people: readonly OnStage[];
  readonly voices?: Readonly<Record<string, Voice>>;
  /** Since when. */
  readonly lost?: Readonly<Record<string, number>>;
  readonly shows: string | null;
  readonly lookIn?: number;
}
const cases: Readonly<Record<string, Case>> = {
  'nobody is on stage': { shot: old(null), people: [], shows: null },
  'the last one left': { shot: old('a'), people: [], shows: null },
  'the first one came': { shot: old(null), people: [a], shows: 'a' },
  'nobody has spoken: a principal': { shot: old(null), people: [a, pm], shows: 'pm' },
  'nobody has spoken, no principal: who came last': { shot: old(null), people: [a, b], shows: 'b' },
  'who had it left: who speaks': { shot: old('a'), people: [pm, b], voices: { b: speaks(NOW) }, shows: 'b' },
  'who had it left just after the cut': { shot: { identity: 'a', since: NOW }, people: [pm, b], shows: 'pm' },
  'both speak': { shot: old('pm'), people: [pm, a], voices: { pm: speaks(0), a: speaks(0) }, shows: 'pm' },
  'a pause in a speech': {
    ...{ shot: old('pm'), people: [pm, a], voices: { pm: silent(NOW - 500), a: speaks(NOW - 2_000) } },
    ...{ shows: 'pm', lookIn: 1_000 },
  },
  'the pause is over': {
    ...{ shot: old('pm'), people: [pm, a], voices: { pm: silent(NOW - 1_500), a: speaks(NOW - 2_000) }, shows: 'a' },
  },
  'a cough': {
    ...{
      shot: old('pm'),
      people: [pm, a],
      voices: { pm: silent(0), a: speaks(NOW - 200) },
      shows: 'pm',
      lookIn: 1_000,
    },
  },
  'a cough that has ended': { shot: old('pm'), people: [pm, a], voices: { a: silent(NOW) }, shows: 'pm' },
  'right after a cut': {
    ...{ shot: { identity: 'pm', since: NOW - 1_000 }, people: [pm, a], voices: { pm: silent(0), a: speaks(0) } },
    ...{ shows: 'pm', lookIn: 2_000 },
  },
  'who never spoke gives way': { shot: old('pm'), people: [pm, a], voices: { a: speaks(NOW - 1_200) }, shows: 'a' },
  'of two, who has spoken longer': {
    ...{ shot: old('pm'), people: [pm, a, b], voices: { a: speaks(NOW - 2_000), b: speaks(NOW - 3_000) }, shows: 'b' },
  },
  'who had it is lost for a moment': {
    ...{ shot: old('a'), people: [pm, a], lost: { a: NOW - 2_000 }, shows: 'a', lookIn: 3_000 },
  },
  'who had it is lost': { shot: old('a'), people: [pm, a, b], lost: { a: NOW - 5_000 }, shows: 'pm' },
  'who had it is lost, and somebody speaks': {
    ...{ shot: old('a'), people: [pm, a, b], lost: { a: NOW - 5_000 }, voices: { b: speaks(NOW) }, shows: 'b' },
  },
  'all are lost': { shot: old('a'), people: [pm, a], lost: { a: 0, pm: 0 }, shows: 'a' },
  'another one is lost': { shot: old('pm'), people: [pm, a], lost: { a: 0 }, shows: 'pm' },
  'a voice in the green room': { shot: old('pm'), people: [pm], voices: { a: speaks(0) }, shows: 'pm' },
};

for (const [name, { shot, people, voices = {}, lost = {}, shows, lookIn }] of Object.entries(cases))
  test(`PN8 ${name}`, () => {
    const cut = automaticShot(shot, people, new Map(Object.entries(voices)), NOW, new Map(Object.entries(lost)));
    assert.equal(cut.shot.identity, shows);
    assert.equal(cut.lookAt, lookIn === undefined ? undefined : NOW + lookIn);
    assert.equal(cut.shot.since, shows === shot.identity ? shot.since : NOW);
  });
