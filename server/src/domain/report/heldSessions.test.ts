import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seat } from '../../protocol/floor.ts';
import type { Role } from '../../protocol/organisation.ts';
import type { UnitSpells } from '../attendance/ports.ts';
import type { FloorChange } from '../floor/FloorState.ts';
import { stageTimes, whenShown } from '../floor/stagesShown.ts';
import { heldSessions, isOfSession } from './heldSessions.ts';
import type { SessionAct, SessionRecord } from './ports.ts';
import { presenceIn } from './presenceIn.ts';
import { peopleOfSession } from './sessionPeople.ts';

const ms = (minute: number): number => Date.UTC(2026, 10, 27, 2, minute);
const at = (minute: number): string => new Date(ms(minute)).toISOString();
const act = (minute: number, changes: readonly FloorChange[], by?: SessionAct['by']): SessionAct => {
  return { at: new Date(ms(minute)), changes, by };
};
const seatOf = (path: string, role: Role): Seat => {
  const unit = path.slice(path.lastIndexOf('.') + 1);
  return { identity: `${unit} ${role}`, account: 'a', unit, path, name: `${role} ${unit}`, role, person: null };
};
const stands = (path: string, stage?: string, role: Role = 'moderator'): FloorChange => {
  const place = { place: 'stage', since: at(0), muted: false, checked: false, call: null } as const;
  return { kind: 'speaker', speaker: { seat: seatOf(path, role), ...place, ...(stage && { stage }) } };
};
const leaves = (path: string, role: Role = 'moderator'): FloorChange => {
  return { kind: 'speaker-off', identity: seatOf(path, role).identity };
};
const opens = (path: string): FloorChange[] => [
  { kind: 'stage', stage: { unit: path.slice(3), path, name: `Tỉnh ${path.slice(3)}`, since: at(0) } },
  { kind: 'main', path, stage: path },
];
const ends = (path: string): FloorChange[] => [
  { kind: 'main', path, stage: null },
  { kind: 'stage-off', path },
];
const enters = (path: string, stage: string | null): FloorChange => {
  return { kind: 'entered', identity: seatOf(path, 'principal').identity, stage };
};

/** Province 1 meets twice, and the second time still; the leader of the nation looks on, then visits; 2 has nobody there. */
const pm = { account: 'principal vn', unit: 'vn', path: 'vn' };
const record: SessionRecord = {
  ...{ root: 'vn', scope: ['vn'], closedAt: null, now: at(60) },
  acts: [
    act(0, [stands('vn', undefined, 'principal')]),
    act(10, [...opens('vn.1'), ...opens('vn.2'), stands('vn.1', 'vn.1')]),
    act(12, [enters('vn', 'vn.1')], pm),
    act(14, [enters('vn', null)], pm),
    act(20, [leaves('vn.1'), ...ends('vn.1'), ...ends('vn.2')]),
    act(30, [...opens('vn.1'), stands('vn.1', 'vn.1')]),
    act(40, [stands('vn', 'vn.1', 'principal')]),
    act(45, [stands('vn', undefined, 'principal')]),
  ],
};
const [first] = heldSessions(record, 'vn');
assert.ok(first);

test('TR18 sessions of a territory are those in which somebody stood, each time by itself; one that goes on has no end', () => {
  const held = { unit: '1', path: 'vn.1', name: 'Tỉnh 1' };
  const times = [
    { from: at(10), to: at(20) },
    { from: at(30), to: null },
  ];
  for (const territory of ['vn', 'vn.1']) assert.deepEqual(heldSessions(record, territory), [{ ...held, times }]);
  assert.deepEqual(heldSessions(record, 'vn.2'), [], 'of another nothing is told');
  assert.deepEqual(heldSessions(record, 'vn.1.11'), [], 'nor of one above');
  const over = heldSessions({ ...record, closedAt: at(50) }, 'vn');
  assert.deepEqual(over[0]?.times[1], { from: at(30), to: at(50) });
});

test('TR18 its roll-calls and directives are those of its territory alone that began in it', () => {
  const of = (minute: number, ...paths: string[]) => isOfSession(first, { at: new Date(ms(minute)), paths });
  assert.deepEqual([of(15, 'vn.1'), of(15, 'vn.1.11', 'vn.1.12'), of(55, 'vn.1')], [true, true, true]);
  assert.deepEqual([of(25, 'vn.1'), of(15, 'vn'), of(15, 'vn.1', 'vn.2'), of(9, 'vn.1')], [false, false, false, false]);
});

test('TR18 who stood there is told to all its readers, who looked on unseen to those alone who lead them', () => {
  const said = (reader: string) =>
    peopleOfSession(record, first, reader).map((p) => [p.how, p.account, p.outside, p.from, p.to]);
  const [moderator, visit] = ['moderator 1', ['stood', 'principal vn', true, at(40), at(45)]];
  assert.deepEqual(said('vn'), [
    ['stood', moderator, false, at(10), at(20)],
    ['looked', 'principal vn', true, at(12), at(14)],
    ['stood', moderator, false, at(30), null],
    visit,
  ]);
  assert.deepEqual(
    said('vn.1').map(([how, account]) => [how, account]),
    [
      ['stood', moderator],
      ['stood', moderator],
      ['stood', 'principal vn'],
    ],
  );
});

test('TR18 TR13 of each unit it says how long it was connected in each of its times, and how long of that it was shown the room', () => {
  const spell = (from: number, to: number, open = false) => ({ from: ms(from), to: ms(to), cut: false, open });
  const unit: UnitSpells = {
    ...{ unit: '11', path: 'vn.1.11', name: 'Xã 11' },
    spells: [spell(5, 16), spell(18, 20), spell(35, 60, true)],
  };
  // Its own district meets meanwhile, and is what it is shown.
  const inner: SessionAct[] = [
    act(50, [...opens('vn.1.11'), stands('vn.1.11', 'vn.1.11')]),
    act(54, [leaves('vn.1.11'), ...ends('vn.1.11')]),
  ];
  const shown = whenShown(stageTimes({ ...record, acts: [...record.acts, ...inner] }), unit.path, 'vn.1', ms(60));
  const lines = presenceIn(first, unit, shown, ms(60));
  assert.deepEqual(
    lines.map((l) => [l.nr, l.came, l.firstIn, l.lastOut, l.seconds / 60, l.share, l.shownSeconds / 60]),
    [
      [1, true, at(10), at(20), 8, 80, 8],
      [2, true, at(35), null, 25, 83, 21],
    ],
  );
  const [never] = presenceIn(first, { ...unit, spells: [spell(21, 29)] }, shown, ms(60));
  assert.deepEqual([never?.came, never?.firstIn, never?.seconds, never?.share], [false, null, 0, 0]);
});
