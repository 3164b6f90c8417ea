import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { readSheet } from 'read-excel-file/node';
import { numberColumn, tableOf } from '../domain/report/table.ts';
import { toXlsx } from '../domain/report/xlsx.ts';
import { measuredZip } from './measuredZip.ts';
import { zip } from './zip.ts';
import { zipNames } from './zipNames.ts';

const most = 8 * 1024 * 1024;

async function workbook(): Promise<Buffer> {
  async function* pieces() {
    yield [{ value: 7 }];
  }
  const columns = [numberColumn<{ value: number }>('beds', ({ value }) => value)];
  return buffer(toXlsx(tableOf('Sheet', columns, { rows: pieces(), total: 1 })));
}

async function archiveOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const list = Object.entries(files).map(([name, content]) => ({ name, content: [content] }));
  for await (const piece of zip(list)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Where the directory begins. */
const directoryAt = (archive: Buffer): number => archive.readUInt32LE(archive.length - 6);

/** As a program may write it: a file stands before the directory, and not in it. */
async function withHidden(archive: Buffer, hidden: Buffer): Promise<Buffer> {
  const at = directoryAt(archive);
  const whole = await archiveOf({ 'x.xml': hidden });
  const more = whole.subarray(0, directoryAt(whole));
  const made = Buffer.concat([archive.subarray(0, at), more, archive.subarray(at)]);
  made.writeUInt32LE(at + more.length, made.length - 6);
  return made;
}

test('IM4 FG74 a workbook made anew reads as it did, and its headers say what it holds', async () => {
  const archive = await workbook();
  const made = measuredZip(archive, most);
  assert.deepEqual(await readSheet(made), await readSheet(archive));
  assert.deepEqual(zipNames(made), zipNames(archive));
  assert.equal(made.readUInt16LE(6) & 0x08, 0, 'sizes stand before the content');
  assert.deepEqual(measuredZip(made, most), made);
});

test('IM4 FG74 what stands in an archive and not in its directory is not in what is read', async () => {
  const archive = await workbook();
  const bomb = await withHidden(archive, Buffer.alloc(64 * 1024 * 1024));
  assert.deepEqual(zipNames(bomb), zipNames(archive), 'a reader of the directory sees nothing of it');
  assert.deepEqual(measuredZip(bomb, most), measuredZip(archive, most));
});

test('IM4 FG74 a size that a header claims is not believed, nor what follows the end of a file', async () => {
  const archive = await archiveOf({ 'a.xml': Buffer.from('<a/>') });
  const lying = Buffer.from(archive);
  const directory = directoryAt(lying);
  lying.writeUInt16LE(0x0800, 6);
  lying.writeUInt32LE(0xffff_fff0, 22);
  // So that the descriptor behind it belongs to it.
  lying.writeUInt32LE(lying.readUInt32LE(directory + 20) + 16, directory + 20);
  assert.deepEqual(measuredZip(lying, most), measuredZip(archive, most));
  assert.equal(measuredZip(lying, most).readUInt32LE(22), 4);
});

test('IM4 FG74 files that lie over each other, and too many of them, are refused', async () => {
  const archive = await archiveOf({ 'a.xml': Buffer.from('a'.repeat(9)), 'b.xml': Buffer.alloc(70_000, 'b') });
  const at = directoryAt(archive);
  const stored = Buffer.from(archive);
  // Both are the whole archive, as it is.
  for (const entry of [at, at + 46 + 5]) {
    stored.writeUInt16LE(0, entry + 10);
    stored.writeUInt32LE(stored.length, entry + 20);
    stored.writeUInt32LE(0, entry + 42);
  }
  assert.throws(() => measuredZip(stored, most), /over each other/);
  const many = Buffer.from(archive);
  many.writeUInt16LE(60_000, many.length - 12);
  assert.throws(() => measuredZip(many, most), /60000 files/);
});
