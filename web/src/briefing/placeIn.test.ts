import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeIn } from './placeIn.ts';

const agenda = [{ title: 'Khai mạc' }, { title: 'Báo cáo', by: 'Bộ Y tế' }, { title: 'Báo cáo', by: 'Bộ Công an' }];
const running = (nr: number, title: string, by?: string) => ({ nr, title, ...(by && { by }), since: '' });

test('PN12 the running item is found where it was, where it was moved to, and nowhere when it was taken out', () => {
  assert.equal(placeIn(agenda, null), -1);
  assert.equal(placeIn(agenda, running(3, 'Báo cáo', 'Bộ Công an')), 2);
  assert.equal(placeIn(agenda, running(1, 'Báo cáo', 'Bộ Công an')), 2);
  assert.equal(placeIn(agenda, running(2, 'Thảo luận')), -1);
});
