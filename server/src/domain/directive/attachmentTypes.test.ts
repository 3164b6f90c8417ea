import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zip } from '../../lib/zip.ts';
import { zipNames } from '../../lib/zipNames.ts';
import { attachmentTypes } from '../../protocol/directive.ts';
import { isOfType } from './attachmentTypes.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const archive = async (...names: string[]): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of zip(names.map((name) => ({ name, content: [Buffer.from(`<${name}/>`)] }))))
    pieces.push(piece);
  return Buffer.concat(pieces);
};
const document = (...more: string[]) => archive('[Content_Types].xml', 'word/document.xml', ...more);
const sheet = (...more: string[]) => archive('[Content_Types].xml', 'xl/workbook.xml', ...more);

test('DR24 each listed type is known by its bytes, and by no other', async () => {
  const samples: Readonly<Record<(typeof attachmentTypes)[number], Buffer>> = {
    'application/pdf': Buffer.from('%PDF-1.7\n\x00\x01', 'latin1'),
    'image/png': Buffer.from('\x89PNG\r\n\x1a\n\x00\x00', 'latin1'),
    'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]),
    'text/plain': Buffer.from('Lập chốt\tkiểm soát\r\n'),
    'text/csv': Buffer.from('\ufeffmã;tên\n'),
    [DOCX]: await document('docProps/app.xml'),
    [XLSX]: await sheet('xl/printerSettings/printerSettings1.bin'),
  };
  for (const type of attachmentTypes)
    for (const [is, bytes] of Object.entries(samples)) {
      const text = type.startsWith('text/') && is.startsWith('text/');
      assert.equal(isOfType(type, bytes), is === type || text, `${is} as ${type}`);
    }
});

test('DR24 what is not listed is refused whatever its bytes are', () => {
  for (const type of ['text/html', 'image/svg+xml', 'application/zip', '', 'constructor'])
    assert.equal(isOfType(type, Buffer.from('abc')), false, type);
});

test('DR24 a text is UTF-8 without control characters, and not empty', () => {
  for (const bytes of ['', 'a\x00b', 'a\x1bb', '\x7f']) assert.equal(isOfType('text/plain', Buffer.from(bytes)), false);
  assert.equal(isOfType('text/plain', Buffer.from([0xe1, 0xba])), false, 'half a character');
  assert.equal(isOfType('text/plain', Buffer.from('Tiếng Việt', 'utf16le')), false);
});

test('DR24 documents with macros or programs in them are refused, whatever the case of the name', async () => {
  for (const name of [
    'word/vbaProject.bin',
    'word/VBAPROJECT.BIN',
    'word/embeddings/oleObject1.bin',
    'x/a.exe',
    'word/activeX/activeX1.xml',
  ])
    assert.equal(isOfType(DOCX, await document(name)), false, name);
  assert.equal(isOfType(XLSX, await sheet('xl/vbaProject.bin')), false);
});

test('DR24 an archive that is no document, cut off, or hidden behind another file, is refused', async () => {
  const good = await document();
  assert.deepEqual(zipNames(good), ['[Content_Types].xml', 'word/document.xml']);
  assert.equal(isOfType(DOCX, await archive('word/document.xml')), false);
  assert.equal(isOfType(DOCX, await archive('[Content_Types].xml')), false);
  assert.equal(isOfType(DOCX, Buffer.concat([Buffer.from('MZ'), good])), false);
  for (let length = 0; length < good.length; length++) assert.equal(isOfType(DOCX, good.subarray(0, length)), false);
});

test('DR24 an archive whose numbers lie is refused and breaks nothing', async () => {
  const good = await document();
  for (let at = good.length - 22; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0xff;
    assert.doesNotThrow(() => isOfType(DOCX, bad));
  }
  const hidden = await document('word/vbaProject.bin');
  hidden.writeUInt16LE(2, hidden.length - 12);
  assert.equal(isOfType(DOCX, hidden), false, 'an entry of the directory that is not counted');
});
