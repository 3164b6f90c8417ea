import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hand, Place, Seat, Speaker } from '../../api/contract.ts';
import { marksOf } from './marks.ts';

const seat = (path: string): Seat => ({ path, unit: path.split('.').at(-1) }) as Seat;
const speaker = (path: string, place: Place): Speaker => ({ seat: seat(path), place }) as Speaker;
const hand = (path: string): Hand => ({ seat: seat(path) }) as Hand;

test('a unit and all above it are marked by the strongest of what they do', () => {
  const marks = marksOf({
    speakers: [speaker('vn.01.001', 'green'), speaker('vn.02.009', 'stage'), speaker('vn.02.008', 'holding')],
    hands: [hand('vn.01.002'), hand('vn.03.004'), hand('vn.02.009')],
  });
  assert.deepEqual(Object.fromEntries([...marks].sort()), {
    '001': 'green',
    '002': 'hand',
    '004': 'hand',
    '008': 'air',
    '009': 'air',
    '01': 'green',
    '02': 'air',
    '03': 'hand',
    vn: 'air',
  });
  assert.equal(marksOf({ speakers: [], hands: [] }).size, 0);
});
