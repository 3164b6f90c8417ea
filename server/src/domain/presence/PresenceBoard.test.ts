import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherDevice, person } from '../../../test/support/floorPeople.ts';
import { listPresence, type PresenceQuery, unitsHere } from './listPresence.ts';
import { PresenceBoard } from './PresenceBoard.ts';

const expected = ['vn.01.001', 'vn.01.002', 'vn.79.760.1', 'vn.79.760.2', 'vn.79.761.3', 'vn.790.5', 'vn.79-a.6'].map(
  (path) => ({ code: path.slice(path.lastIndexOf('.') + 1), path }),
);
const t = (second: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, second));
const seat = (path: string) => person('b', 'seat', path);
const mediaOf = (a: ReturnType<typeof seat>) => ({ identity: a.seat.identity, unit: a.seat.unit, path: a.seat.path });
const row = (board: PresenceBoard, root: string) => {
  const count = board.counts(root)[0];
  return count && [count.expected, count.here, count.door, count.gone, count.weak];
};
const names = { name: (code: string) => `Unit ${code}` };
const list = (board: PresenceBoard, root: string, query: Partial<PresenceQuery> = {}, second = 100) =>
  listPresence(board, root, { root: 'x', limit: 100, ...query }, names, t(second));

test('PR1 who is not expected is known and counted nowhere', () => {
  const board = new PresenceBoard(expected);
  const moderator = person('b', 'moderator', 'vn.79');
  board.channelOpened(moderator.seat, t(0));
  assert.deepEqual(row(board, 'vn'), [7, 0, 0, 0, 0]);
  assert.deepEqual(board.seat(moderator.seat.identity), moderator.seat);
  assert.equal(board.ringable('79'), true);
  assert.deepEqual(board.takeUnsaved(), []);
});

test('PR2 never, door, here, door, gone', () => {
  const board = new PresenceBoard(expected);
  const chair = seat('vn.79.760.1');
  const state = () => list(board, 'vn.79.760.1').rows[0]?.state;
  assert.equal(state(), 'never');
  board.channelOpened(chair.seat, t(1));
  assert.equal(state(), 'door');
  board.media(mediaOf(chair), 'good', t(2));
  assert.equal(state(), 'here');
  board.media(mediaOf(chair), 'off', t(3));
  assert.equal(state(), 'door');
  board.channelClosed(chair.seat.identity, t(4));
  assert.equal(state(), 'gone');
  assert.equal(board.seat(chair.seat.identity), undefined);
  const { since, until } = list(board, 'vn').rows.find((r) => r.unit === '1') ?? {};
  assert.deepEqual([since, until], [t(1).toISOString(), t(4).toISOString()]);
});

test('FG98 of a territory those are named that have media, and nobody whom nobody expects', () => {
  const board = new PresenceBoard(expected);
  const [here, door] = [seat('vn.79.760.2'), seat('vn.79.760.1')];
  board.media(mediaOf(here), 'weak', t(1));
  board.channelOpened(door.seat, t(1));
  board.media(mediaOf(person('b', 'moderator', 'vn.79')), 'good', t(1));
  board.media(mediaOf(seat('vn.790.5')), 'good', t(1));
  assert.deepEqual(unitsHere(board, 'vn.79'), { expected: 3, here: ['2'] });
  assert.deepEqual(unitsHere(board, 'vn'), { expected: 7, here: ['2', '5'] });
});

test('PR2 PR3 several devices of a unit are one unit, with its best line', () => {
  const board = new PresenceBoard(expected);
  const one = seat('vn.79.760.1');
  const two = otherDevice(one);
  const line = () => list(board, 'vn.79.760.1').rows[0]?.line;
  board.media(mediaOf(one), 'good', t(1));
  board.quality(one.seat.identity, 'weak', t(2));
  assert.equal(line(), 'weak');
  assert.deepEqual(row(board, 'vn'), [7, 1, 0, 0, 1]);
  board.media(mediaOf(two), 'good', t(3));
  assert.equal(line(), 'good');
  assert.deepEqual(row(board, 'vn'), [7, 1, 0, 0, 0]);
  board.media(mediaOf(two), 'lost', t(4));
  assert.equal(line(), 'weak');
  board.quality(two.seat.identity, 'weak', t(4));
  board.media(mediaOf(one), 'off', t(5));
  assert.equal(line(), 'lost', 'a late report does not mend a lost line');
  board.media(mediaOf(two), 'off', t(6));
  assert.deepEqual(row(board, 'vn'), [7, 0, 0, 1, 0]);
});

test('PR4 rows sum their subtree, and only changed rows are told', () => {
  const board = new PresenceBoard(expected);
  board.takeChanged();
  const chair = seat('vn.79.760.1');
  board.channelOpened(chair.seat, t(1));
  const changed = board.takeChanged();
  assert.deepEqual([...changed.keys()].sort(), ['vn', 'vn.79', 'vn.79.760', 'vn.79.760.1']);
  assert.deepEqual(
    changed.get('vn')?.map((c) => [c.unit, c.expected, c.door]),
    [
      ['79', 3, 1],
      ['vn', 7, 1],
    ],
  );
  board.channelOpened(otherDevice(chair).seat, t(2));
  assert.equal(board.takeChanged().size, 0, 'the unit as a whole did not change');
  assert.deepEqual(
    board.counts('vn.79').map((c) => [c.unit, c.expected]),
    [
      ['79', 3],
      ['760', 2],
      ['761', 1],
    ],
  );
  assert.deepEqual(board.counts('vn.48')[0], { unit: '48', expected: 0, here: 0, door: 0, gone: 0, weak: 0 });
});

test('PR4 a change in a country of ten thousand touches the depth of the tree', () => {
  const country = Array.from({ length: 10_000 }, (_, i) => ({
    code: `${i}`,
    path: `vn.${Math.floor(i / 160)}-p.${Math.floor(i / 16)}-d.${i}`,
  }));
  const board = new PresenceBoard(country);
  for (const { path } of country) {
    board.media({ identity: path, unit: path.slice(path.lastIndexOf('.') + 1), path }, 'good', t(0));
  }
  board.takeChanged();
  board.media({ identity: country[77]?.path ?? '', unit: '77', path: country[77]?.path ?? '' }, 'off', t(1));
  const touched = [...board.takeChanged().values()].flat();
  assert.equal(touched.length, 7, 'four rows, three of them also in the territory above');
  assert.deepEqual(row(board, 'vn'), [10_000, 9_999, 0, 1, 0]);
});

test('PR6 pages in path order, filtered, and no neighbour whose code begins alike', () => {
  const board = new PresenceBoard(expected);
  assert.deepEqual(
    list(board, 'vn.79').rows.map((r) => r.unit),
    ['1', '2', '3'],
  );
  const first = list(board, 'vn', { limit: 4 });
  const second = list(board, 'vn', { limit: 4, after: first.next ?? '' });
  assert.deepEqual([first.total, second.next], [7, null]);
  const paths = [...first.rows, ...second.rows].map((r) => r.path);
  assert.equal(new Set(paths).size, 7);
  board.media(mediaOf(seat('vn.79.760.2')), 'weak', t(1));
  board.channelOpened(seat('vn.01.001').seat, t(1));
  assert.deepEqual(
    list(board, 'vn', { states: ['here', 'door'] }).rows.map((r) => r.unit),
    ['001', '2'],
  );
  assert.deepEqual(
    list(board, 'vn', { line: 'weak' }).rows.map((r) => [r.unit, r.name, r.devices]),
    [['2', 'Unit 2', 1]],
  );
  assert.equal(list(board, 'vn', { states: ['never'], limit: 2 }).total, 5);
});

test('PR7 what is saved: one row for each unit that came or went', () => {
  const board = new PresenceBoard(expected);
  const chair = seat('vn.79.760.1');
  board.channelOpened(chair.seat, t(1));
  board.media(mediaOf(chair), 'good', t(2));
  assert.deepEqual(
    board.takeUnsaved().map((u) => [u.code, u.state, u.joined]),
    [['1', 'here', true]],
  );
  board.quality(chair.seat.identity, 'weak', t(3));
  const none = board.takeUnsaved();
  assert.deepEqual(none, []);
  board.media(mediaOf(chair), 'off', t(4));
  board.channelClosed(chair.seat.identity, t(5));
  const gone = board.takeUnsaved();
  assert.deepEqual(
    gone.map((u) => [u.code, u.state]),
    [['1', 'gone']],
  );
  board.markUnsaved(gone);
  assert.equal(board.takeUnsaved().length, 1);
});

test('PR7 a restored board knows who was seen; the present are gone until they show up', () => {
  const board = new PresenceBoard(expected);
  board.restore(
    [
      { unit: '1', firstSeen: t(1), lastSeen: t(2), present: true, joined: true },
      { unit: '2', firstSeen: t(1), lastSeen: t(2), present: false, joined: true },
      { unit: 'closed-since', firstSeen: t(1), lastSeen: t(2), present: false, joined: true },
    ],
    t(50),
  );
  assert.deepEqual(
    list(board, 'vn', { states: ['gone'] }).rows.map((r) => [r.unit, r.until]),
    [
      ['1', t(50).toISOString()],
      ['2', t(2).toISOString()],
    ],
  );
  board.channelOpened(seat('vn.79.760.1').seat, t(60));
  const back = list(board, 'vn.79.760.1', {}, 61).rows[0];
  assert.deepEqual([back?.state, back?.since, back?.until], ['door', t(1).toISOString(), t(61).toISOString()]);
});

test('PR8 a device with two channels for a moment does not leave when the older one closes', () => {
  const board = new PresenceBoard(expected);
  const chair = seat('vn.79.760.1');
  board.channelOpened(chair.seat, t(1));
  board.takeChanged();
  board.channelOpened(chair.seat, t(2));
  board.channelClosed(chair.seat.identity, t(2));
  assert.equal(board.takeChanged().size, 0);
  assert.equal(board.ringable('1'), true);
});

test('PR9 of a unit stands the best camera and microphone of its devices; one that told nothing claims nothing', () => {
  const board = new PresenceBoard(expected);
  const chair = seat('vn.79.760.1');
  const equipment = () => list(board, 'vn.79.760.1').rows[0]?.equipment;
  board.channelOpened(chair.seat, t(1));
  assert.equal(equipment(), null);
  board.equip(chair.seat.identity, { camera: 'missing', microphone: 'denied' }, t(2));
  assert.deepEqual(equipment(), { camera: 'missing', microphone: 'denied' });
  const second = otherDevice(chair);
  board.channelOpened({ ...second.seat, equipment: { camera: 'unknown', microphone: 'ready' } }, t(2));
  assert.deepEqual(equipment(), { camera: 'missing', microphone: 'ready' });
  board.channelClosed(second.seat.identity, t(3));
  assert.deepEqual(equipment(), { camera: 'missing', microphone: 'denied' });
  board.equip('nobody', { camera: 'ready', microphone: 'ready' }, t(3));
  board.channelClosed(chair.seat.identity, t(4));
  assert.equal(equipment(), null);
});
