import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../../i18n/formats.ts';
import { formWords } from '../words/form.vi.ts';
import { valueText } from './taskText.ts';

test('a share is written without a space, another number with one, and none is said', () => {
  const words = { ...createFormats('vi'), t: formWords.in('vi') };
  const text = (steps: number | null, unit: string) =>
    valueText(steps, { scale: 0, unit: { vi: unit, en: unit } }, words);
  assert.deepEqual(
    [text(97, '%'), text(1_200, 'giường'), text(null, '%')],
    ['97%', '1.200 giường', 'không có số liệu'],
  );
});
