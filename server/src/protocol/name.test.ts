import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLabel, isPlainText, name } from './name.ts';

const read = (value: string) => name(60).safeParse(value).data;

const GOOD = [
  ...['Nguyễn Thị Đào', 'K’Ho', "K'Ho", 'H’Mông', "H'Mông", 'Đắk Lắk', 'Đăk Tô', 'Ya Xiêr', 'Ia H’Drai', 'Krông Pắc'],
  ...['Phường 14', 'Bà Rịa - Vũng Tàu', 'Xã Đak Sơ Mei', 'UBND xã A (mới)', 'Nguyễn Văn A, Phó Chủ tịch', 'Quận 1/2'],
  ...[
    'Sở Y tế “Hà Nội”',
    'O’Brien–Smith',
    'José Müller',
    'Łukasz',
    'សុខា',
    '中村',
    'Иван Петров',
    'Ελένη',
    'Trạm số 2²',
  ],
  ...['Ä'.normalize('NFD'), '°C', 'A & B', 'a+b'],
];
const BAD = {
  controls: ['A\u001b[31mB', 'A\u0000B', 'A\u0007', 'A\tB', 'A\nB', 'A\u009bB', 'A\u007f'],
  directions: ['A\u202eB', 'A\u2066B\u2069', '\u200fA', 'A\u061cB'],
  'zero width': [
    'A\u200bB',
    'A\u200dB',
    'A\u2060B',
    'A\ufeffB',
    'A\u00adB',
    'A\u034fB',
    'A\u3164B',
    'A\uffa0B',
    'A\u{e0041}B',
  ],
  'breaks and halves': ['A\u2028B', 'A\u2029B', 'A\ud800', '\udc00A', 'A\ue000', 'A\u{10ffff}'],
  'two scripts': ['Thủ tướng Сhính phủ', 'Νguyễn', 'Hà Nộі', 'рaypal', 'Тhanh'],
  pictures: ['An 👍', '🇻🇳', 'A ★️'.replace('★', '⭐'), '❤️'],
  marks: ['A\u0301\u0302\u0303\u0304\u0305'],
  nothing: ['', '   ', '\u3000', '\u00a0'],
};

test('NM1 NM2 names that people here have are taken, whichever form they are typed in', () => {
  for (const good of GOOD) {
    assert.equal(read(good), good.normalize('NFC'), good);
    assert.equal(read(good.normalize('NFD')), good.normalize('NFC'), `${good}, decomposed`);
  }
  assert.equal(read(' Nguyễn\u00a0 Văn\u3000An '), 'Nguyễn Văn An');
});

for (const [kind, names] of Object.entries(BAD))
  test(`NM1 NM2 refused in a name: ${kind}`, () => {
    for (const bad of names) assert.equal(read(bad), undefined, JSON.stringify(bad));
  });

test('NM1 what programs are called may have pictures, and nothing unseen', () => {
  for (const good of ['Máy quay 👍', 'a family 👨‍👩‍👧', '❤️', '', 'cầu truyền hình'])
    assert.equal(isLabel(good), true, good);
  for (const bad of ['A\u202eB', 'A\u200dB', 'A\u001bB', 'A\nB', 'A\ufe0fB']) assert.equal(isLabel(bad), false, bad);
});

test('NM3 metadata may have lines and joiners, but steers no terminal and turns no text', () => {
  for (const good of ['{\n\t"a": "👨‍👩‍👧"\r\n}', '']) assert.equal(isPlainText(good), true);
  for (const bad of ['\u001b[2J', 'a\u202eb', '\u0000', 'a\u009bb', '\u2066']) assert.equal(isPlainText(bad), false);
});
