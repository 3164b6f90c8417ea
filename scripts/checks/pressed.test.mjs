import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { said, unsaid } from './pressed.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (folder, which) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => which.test(name))
    .map((name) => ({ name: join(folder, name), source: readFileSync(join(root, folder, name), 'utf8') }));

const GAP = '$' + '{time}';
const words = said(`{ add: 'Thêm tệp PDF', still: (time: string) => \`Cập nhật lúc ${GAP}\`,\n open: 'Mở' }`);
const texts = (source) => unsaid(source, words).map(({ text }) => text);

test('a name that no page says is found, however a test looks for it', () => {
  assert.deepEqual(texts("page.getByRole('button', { name: 'Tệp' }).click(); button(pm, 'Tệp trình chiếu')"), [
    'Tệp trình chiếu',
  ]);
  assert.deepEqual(texts("page.getByRole('tab', { exact: true, name: /^tệp/ }); note.filter({ hasText: 'Ghi' })"), [
    '/^tệp/',
    'Ghi',
  ]);
  assert.deepEqual(unsaid("x;\npage.getByRole('tab', {\n  name: 'Nay',\n})", words), [{ line: 3, text: 'Nay' }]);
});

test('what a page says is not, in part, by a pattern, or with something in its gap', () => {
  assert.deepEqual(
    texts("button('thêm tệp'); page.getByText(/^Cập nhật lúc \\d\\d:\\d\\d:\\d\\d$/); button(pm, /^mở$/i)"),
    [],
  );
});

test('scenarios press and read what pages say today', () => {
  const pages = read('web/src', /\/words\/[\w.]+\.(vi|en)\.ts$/).flatMap(({ source }) => said(source));
  const found = read('server/test', /\.ts$/).flatMap(({ name, source }) =>
    unsaid(source, pages).map(({ line, text }) => `${name}:${line}: ${text}`),
  );
  assert.deepEqual(found, []);
});
