import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seat } from '../../protocol/floor.ts';
import { sessionsOf } from './sessions.ts';
import { type StageAct, speechesOf } from './speeches.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 26, 2, minute)).toISOString();
const END = at(60);
const open = (minute: number, path: string): StageAct => ({
  at: at(minute),
  changes: [{ kind: 'stage', stage: { unit: path.slice(3), path, name: `Tỉnh ${path}`, since: at(minute) } }],
});
const off = (minute: number, path: string): StageAct => ({ at: at(minute), changes: [{ kind: 'stage-off', path }] });
const stands = (minute: number, unit: string, stage?: string): StageAct => {
  const seat: Seat = {
    ...{ identity: unit, account: 'a', unit, path: `vn.${unit}`, name: unit, role: 'moderator', person: null },
  };
  const place = { place: 'stage', since: at(minute), muted: false, checked: false, call: null } as const;
  return { at: at(minute), changes: [{ kind: 'speaker', speaker: { seat, ...place, ...(stage && { stage }) } }] };
};

test('TR17 a session is from its opening to its end, each time by itself, and no longer than the briefing', () => {
  const acts = [
    ...[open(5, 'vn.1'), open(5, 'vn.2'), stands(6, '1', 'vn.1'), off(20, 'vn.1'), off(20, 'vn.2')],
    ...[open(30, 'vn.1'), stands(31, '1', 'vn.1')],
  ];
  assert.deepEqual(sessionsOf(acts, END), [
    {
      ...{ unit: '1', path: 'vn.1', name: 'Tỉnh vn.1' },
      times: [
        { from: at(5), to: at(20) },
        { from: at(30), to: END },
      ],
    },
  ]);
});

test('TR17 what is read of a briefing grows with its acts, not with its sessions times its acts', () => {
  let reads = 0;
  const counted = (act: StageAct): StageAct => ({
    at: act.at,
    get changes() {
      reads += 1;
      return act.changes;
    },
  });
  const stages = Array.from({ length: 200 }, (_, n) => `vn.${n}`);
  const acts = [...stages.map((path) => open(5, path)), ...stages.map((path) => stands(6, path.slice(3), path))];
  assert.equal(sessionsOf(acts.map(counted), END).length, 200);
  assert.ok(reads <= 4 * acts.length, `${reads} reads of ${acts.length} acts`);
});

test('TR17 who spoke in a session spoke there alone, and whoever goes on to another stage has left it', () => {
  const acts = [stands(1, '1'), stands(2, '2', 'vn.2'), stands(10, '1', 'vn.2'), stands(15, '1')];
  const said = (stage?: string) => speechesOf(acts, END, stage).map(({ unit, from, to }) => [unit, from, to]);
  assert.deepEqual(said(), [
    ['1', at(1), at(10)],
    ['1', at(15), END],
  ]);
  assert.deepEqual(said('vn.2'), [
    ['2', at(2), END],
    ['1', at(10), at(15)],
  ]);
  assert.deepEqual(said('vn.3'), []);
});
