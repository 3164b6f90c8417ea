import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sharedNames } from './names.mjs';

const sources = fileURLToPath(new URL('../../server/src', import.meta.url));

test('a name that two files export is found, whatever it is', () => {
  const files = [
    { file: 'a.ts', source: 'export interface Line {}\nexport const text = 1;\nexport function one() {}\n' },
    { file: 'b.ts', source: 'export type Line = 1;\nexport async function text() {}\nconst one = 2;\n' },
    { file: 'c.ts', source: "export { one } from './a.ts';\n// export class Line\n" },
  ];
  assert.deepEqual(Object.fromEntries(sharedNames(files)), { Line: ['a.ts', 'b.ts'], text: ['a.ts', 'b.ts'] });
});

test('one meaning per word: no two files of the server export the same name', () => {
  const files = readdirSync(sources, { recursive: true })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((file) => ({ file, source: readFileSync(join(sources, file), 'utf8') }));
  assert.deepEqual(Object.fromEntries(sharedNames(files)), {});
});
