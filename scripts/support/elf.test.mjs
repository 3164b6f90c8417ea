import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cachedLauncher } from '../setup/confinement.mjs';
import { WORKER_CALLS } from '../setup/worker.mjs';
import { cachedWorkers } from '../setup/workerCache.mjs';
import { readElf, unprotected } from './elf.mjs';

const worker = process.env.MEDIASOUP_WORKER_BIN || cachedWorkers()[0]?.file;
const skip = worker ? false : 'no media worker is here: npm start -- --set-up-only makes one';

test('the media worker is PIE, RELRO with BIND_NOW, with stack protector and _FORTIFY_SOURCE, and has no writable code', {
  skip,
}, () => {
  const elf = readElf(worker);
  assert.deepEqual(unprotected(elf, WORKER_CALLS), []);
  assert.ok(
    elf.needed.includes('libcrypto.so.3'),
    'OpenSSL is a library of the system, so that its updates need no new worker',
  );
});

const launcher = process.env.MEDIA_LAUNCHER || cachedLauncher();
test('the program that starts media workers has the same protection', {
  skip: launcher ? false : 'no launcher is here: npm start -- --set-up-only makes one',
}, () => {
  assert.deepEqual(unprotected(readElf(launcher)), []);
});

test('a program that lacks one protection is told by that one', { skip }, () => {
  const bytes = readFileSync(worker);
  const headers = Array.from({ length: bytes.readUInt16LE(56) }, (_, i) => 64 + i * 56);
  const header = (type) => headers.find((at) => bytes.readUInt32LE(at) === type);
  const dynamic = Number(bytes.readBigUInt64LE(header(2) + 8));
  /** Where the entry with this tag begins. */
  const entry = (tag) => {
    let at = dynamic;
    while (Number(bytes.readBigUInt64LE(at)) !== tag) at += 16;
    return at;
  };
  const folder = mkdtempSync(join(tmpdir(), 'elf-'));
  const with_ = (...changes) => {
    const file = join(folder, 'changed');
    copyFileSync(worker, file);
    const fd = openSync(file, 'r+');
    for (const [at, ...values] of changes) writeSync(fd, Buffer.from(values), 0, values.length, at);
    return unprotected(readElf(file));
  };
  assert.match(with_([16, 2]).join(), /^its place in memory is fixed/);
  assert.match(with_([header(0x6474e552), 0]).join(), /^its tables of addresses stay writable/);
  const unbound = [30, 0x6ffffffb].map((tag) => [entry(tag) + 8, 0, 0, 0, 0]);
  assert.match(with_(...unbound).join(), /^its symbols are bound late/);
  assert.match(with_([header(1) + 4, 7]).join(), /^a segment can be written and executed$/);
  assert.match(with_([header(0x6474e551) + 4, 7]).join(), /^its stack can be executed$/);
  assert.match(with_([entry(1), 29]).join(), /^it looks for libraries in \S+$/);
  assert.match(unprotected(readElf(worker), ['__gets_chk']).join(), /^it never calls __gets_chk$/);
  rmSync(folder, { recursive: true });
});

test('what is no ELF file of 64 bits is refused by name', () => {
  assert.throws(() => readElf(new URL(import.meta.url).pathname), /elf\.test\.mjs is no ELF file/);
});
