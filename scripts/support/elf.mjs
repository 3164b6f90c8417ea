import { readFileSync } from 'node:fs';

const TYPES = { executable: 2, shared: 3 };
const SEGMENT = { load: 1, dynamic: 2, interpreter: 3, stack: 0x6474e551, relro: 0x6474e552 };
const FLAG = { execute: 1, write: 2 };
const TAG = { needed: 1, strings: 5, symbols: 6, rpath: 15, bindNow: 24, runPath: 29, flags: 30, flags1: 0x6ffffffb };
const SYMBOL_BYTES = 24;

/**
 * What an ELF file says of how it is loaded, read from its headers; 64 bit, little endian.
 * @param {string} file
 * @returns {{ pie: boolean, relro: boolean, bindNow: boolean, writableCode: boolean, executableStack: boolean,
 *   searchPath: string | undefined, needed: string[], imports: Set<string> }} `imports`: names of symbols that it takes from libraries
 */
export function readElf(file) {
  const bytes = readFileSync(file);
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1)
    throw new Error(`${file} is no ELF file of 64 bits, little endian`);
  const number = (at) => Number(bytes.readBigUInt64LE(at));
  const [start, size, count] = [number(32), bytes.readUInt16LE(54), bytes.readUInt16LE(56)];
  const segments = Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    const [type, flags] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    return { type, flags, offset: number(at + 8), address: number(at + 16), bytes: number(at + 32) };
  });
  const of = (type) => segments.filter((segment) => segment.type === type);

  /** Where in the file lies what is loaded at this address. */
  const offsetOf = (address) => {
    const segment = of(SEGMENT.load).find((s) => address >= s.address && address < s.address + s.bytes);
    if (!segment) throw new Error(`${file} loads nothing at ${address}`);
    return address - segment.address + segment.offset;
  };
  const [dynamic] = of(SEGMENT.dynamic);
  const entries = [];
  for (let at = dynamic?.offset ?? 0; dynamic && at < dynamic.offset + dynamic.bytes; at += 16)
    entries.push({ tag: number(at), value: number(at + 8) });
  const values = (tag) => entries.filter((entry) => entry.tag === tag).map((entry) => entry.value);
  const [strings] = values(TAG.strings).map(offsetOf);
  const text = (at) => bytes.toString('utf8', strings + at, bytes.indexOf(0, strings + at));

  // The table of symbols says nowhere how long it is: linkers lay the strings right behind it.
  const imports = new Set();
  const [symbols] = values(TAG.symbols).map(offsetOf);
  for (let at = symbols; at + SYMBOL_BYTES <= strings; at += SYMBOL_BYTES)
    if (bytes.readUInt16LE(at + 6) === 0) imports.add(text(bytes.readUInt32LE(at)));
  imports.delete('');

  const both = FLAG.execute | FLAG.write;
  const flag = (tag, bit) => values(tag).some((value) => (value & bit) !== 0);
  return {
    pie: bytes.readUInt16LE(16) === TYPES.shared && of(SEGMENT.interpreter).length === 1,
    relro: of(SEGMENT.relro).length === 1,
    bindNow: values(TAG.bindNow).length > 0 || flag(TAG.flags, 8) || flag(TAG.flags1, 1),
    writableCode: of(SEGMENT.load).some((segment) => (segment.flags & both) === both),
    // Without the header the kernel gives a stack that can be executed.
    executableStack: of(SEGMENT.stack).length === 0 || of(SEGMENT.stack).some((s) => (s.flags & FLAG.execute) !== 0),
    searchPath: [...values(TAG.rpath), ...values(TAG.runPath)].map(text)[0],
    needed: values(TAG.needed).map(text),
    imports,
  };
}

/**
 * What a program that was built here lacks of its protection; empty when it has all of it.
 * @param {ReturnType<typeof readElf>} elf
 * @param {string[]} calls functions that it must take from the C library, since its code is known to need them when compiled with protection
 * @returns {string[]}
 */
export function unprotected(elf, calls = []) {
  return [
    [elf.pie, 'its place in memory is fixed (no PIE)'],
    [elf.relro, 'its tables of addresses stay writable (no RELRO)'],
    [elf.bindNow, 'its symbols are bound late (no BIND_NOW)'],
    [!elf.writableCode, 'a segment can be written and executed'],
    [!elf.executableStack, 'its stack can be executed'],
    [elf.searchPath === undefined, `it looks for libraries in ${elf.searchPath}`],
    ...calls.map((name) => [elf.imports.has(name), `it never calls ${name}`]),
  ]
    .filter(([holds]) => !holds)
    .map(([, what]) => what);
}
