import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../../i18n/formats.ts';
import { readSteps } from './readSteps.ts';
import { sayEnglish } from './sayEnglish.ts';
import { sayVietnamese } from './sayVietnamese.ts';

test('FG31 a number is read as it is written in the language, and never guessed at', () => {
  const vi = (text: string, scale = 0) => Object.values(readSteps(text, scale, 'vi'))[0];
  assert.deepEqual(
    ['1.200', '1200', ' 1 200 ', '0', '-5', '\u22125', '1.234.567'].map((text) => vi(text)),
    [...[1200, 1200, 1200, 0, -5, -5, 1_234_567]],
  );
  assert.deepEqual(
    ['1.2', '1.20', '12.00', '.200', '1..200', 'abc', '1,', '1e3', '1,2,3', '1 2', '1 20', '1.200 300'].map((text) =>
      vi(text),
    ),
    [...Array(12).fill('form')],
  );
  assert.deepEqual(
    [vi(''), vi('1,5'), vi('1,50'), vi('1,50', 1), vi('1,55', 1), vi('1.200,5', 2)],
    [...['empty', 'decimals', 'decimals', 15, 'decimals', 120_050]],
  );
  assert.equal(vi('1,00'), 1);
  assert.deepEqual([vi('8.000.000.000', 2), vi('800.000.000.001'), vi('1234567890123456')], [8e11, 'size', 'size']);
  const en = (text: string, scale = 0) => Object.values(readSteps(text, scale, 'en'))[0];
  assert.deepEqual([en('1,200'), en('1.2'), en('1.2', 1), en('1,20')], [1200, 'decimals', 12, 'form']);
});

test('FG31 what is written is read as the same again, in both languages', () => {
  for (const language of ['vi', 'en'] as const)
    for (const scale of [0, 2])
      for (const steps of [0, 7, 99, 1_200, 1_234_567, -1_205, 800_000_000_000])
        assert.deepEqual(readSteps(createFormats(language).steps(steps, scale), scale, language), { steps });
});

test('FG31 a number is said back in words', () => {
  const vi = (steps: number, scale = 0) => sayVietnamese(steps, scale);
  assert.deepEqual(
    [0, 5, 10, 11, 15, 21, 25, 100, 101, 115].map((steps) => vi(steps)),
    [
      ...['không', 'năm', 'mười', 'mười một', 'mười lăm', 'hai mươi mốt', 'hai mươi lăm'],
      ...['một trăm', 'một trăm linh một', 'một trăm mười lăm'],
    ],
  );
  assert.equal(vi(1_200), 'một nghìn hai trăm');
  assert.equal(vi(12_005), 'mười hai nghìn không trăm linh năm');
  assert.equal(vi(1_000_000), 'một triệu');
  assert.equal(vi(41_207), 'bốn mươi mốt nghìn hai trăm linh bảy');
  assert.equal(vi(2_000_000_015), 'hai tỷ không trăm mười lăm');
  assert.equal(vi(-125, 1), 'âm mười hai phẩy năm');
  assert.equal(vi(120, 1), 'mười hai');
  const en = (steps: number, scale = 0) => sayEnglish(steps, scale);
  assert.equal(en(1_200), 'one thousand two hundred');
  assert.equal(en(41_207), 'forty-one thousand two hundred and seven');
  assert.equal(en(1_000_005), 'one million and five');
  assert.deepEqual([en(0), en(15), en(-125, 1), en(90)], ['zero', 'fifteen', 'minus twelve point five', 'ninety']);
});
