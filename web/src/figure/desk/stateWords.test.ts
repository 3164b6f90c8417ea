import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureDeskWords } from '../words/desk.vi.ts';
import { indicatorOf } from './asked/askedFrame.ts';
import { stateWordsOf } from './stateWords.ts';

const asked = { label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null };

test('FG31 a number that is asked and held is not said to be a newer one, since no older one is in the sum', () => {
  const t = figureDeskWords.in('vi');
  const own = stateWordsOf(indicatorOf(asked), t);
  assert.deepEqual([own.state.held, own.states.held], ['chờ xem lại, chưa cộng', 'Chờ xem lại, chưa cộng']);
  assert.equal(own.state.late, t.state.late);
  assert.equal(stateWordsOf({ code: 'beds-free' }, t).state.held, 'có số mới chờ xem lại');
});
