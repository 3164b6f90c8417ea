import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/place.mjs';
import { citedIn, rulesIn } from './rules.mjs';

test('a rule begins an entry of a list, alone, with others or as a range', () => {
  const text = '- **FL3** One.\n- **EN3, BF7** Two.\n- **UN1–UN3** Three.\nSee **XX9**.\n';
  assert.deepEqual(rulesIn(text).sort(), ['BF7', 'EN3', 'FL3', 'UN1', 'UN2', 'UN3']);
});

test('a test cites the rules with which its title begins', () => {
  const source = "test('FL3 one', f);\ntest(`RC9 DL8 two`, f);\ntest('as FL9 says', f);\n  test('FN2, FN3 three', f);";
  assert.deepEqual([...citedIn(source)].sort(), ['DL8', 'FL3', 'FN2', 'FN3', 'RC9']);
});

const read = (folder, ends) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => ends.test(name) && !/node_modules|dist\//.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

test('an id means one rule', () => {
  const ids = read('docs/protocol', /\.md$/).flatMap(rulesIn);
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
});

test('every rule of docs/protocol is cited by a test, and no test cites a rule that is not written', () => {
  const rules = new Set(read('docs/protocol', /\.md$/).flatMap(rulesIn));
  const tests = ['server', 'web', 'scripts'].flatMap((folder) => read(folder, /\.(test|spec)\.(ts|tsx|mjs)$/));
  const cited = new Set(tests.flatMap((source) => [...citedIn(source)]));
  assert.deepEqual([...rules].filter((id) => !cited.has(id)).sort(), [], 'rules without a test');
  const kind = (id) => id.replace(/\d+$/, '');
  const kinds = new Set([...rules].map(kind));
  assert.deepEqual([...cited].filter((id) => kinds.has(kind(id)) && !rules.has(id)).sort(), [], 'rules without a text');
});
