import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdfTags } from '../../../test/support/readPdf.ts';
import { Sheets } from './Sheets.ts';

test('MN9 sheets say their title, their language, and what they are made of; a header that is drawn again is read once', async () => {
  const sheets = new Sheets({ title: 'Biên bản: Giao ban', language: 'vi', at: new Date(0), foot: 'Số 1' });
  sheets.text('BIÊN BẢN', { size: 14, tag: 'H1' });
  sheets.rule(0.3);
  sheets.text('Một đoạn văn dài hơn một dòng. '.repeat(20), { size: 13, label: 'Kết luận:' });
  const rows = Array.from({ length: 60 }, (_, i) => [`Phường ${i}`, String(i)]);
  sheets.table(
    [
      { title: 'Đơn vị', share: 3 },
      { title: 'Số', share: 1, right: true },
    ],
    rows,
    11,
  );
  const { title, language, tags } = await pdfTags(await sheets.end(), 9);
  assert.deepEqual([title, language], ['Biên bản: Giao ban', 'vi']);
  const [first = [], ...others] = tags;
  assert.deepEqual(first.slice(0, 10), ['Document', 'H1', 'P', 'Table', 'TR', 'TH', 'TH', 'TR', 'TD', 'TD']);
  assert.ok(others.length > 0);
  for (const page of others) assert.deepEqual(page.slice(0, 5), ['Document', 'Table', 'TR', 'TD', 'TD']);
});
