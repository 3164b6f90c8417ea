import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { callRefusals, reasons } from '@dieu-hanh/server/protocol';
import { floorWords } from '../floor/words/floor.vi.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { loadWords, type Words } from './words.ts';

const source = new URL('..', import.meta.url);
const isWords = (value: unknown): value is Words<object> =>
  typeof value === 'object' && value !== null && 'in' in value;

/** All words of the page, by the file that has the Vietnamese ones. */
async function allWords(): Promise<Map<string, Words<object>>> {
  const found = new Map<string, Words<object>>();
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.vi.ts')) continue;
    const words = Object.values(await import(new URL(file, source).href)).find(isWords);
    assert.ok(words, `${file} declares words`);
    found.set(file, words);
  }
  await loadWords('en');
  return found;
}

/** Every line of words by its path, functions told apart from texts. */
function lines(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'object') for (const [k, v] of lines(value, at)) found.set(k, v);
    else found.set(at, typeof value === 'function' ? `function of ${value.length}` : typeof value);
  }
  return found;
}

test('both languages have the same lines, each of the same kind', async () => {
  const all = await allWords();
  assert.ok(all.size > 10, 'the words were found');
  for (const [file, words] of all) {
    assert.notEqual(words.in('en'), words.in('vi'), `${file} has English`);
    assert.deepEqual([...lines(words.in('en'))].sort(), [...lines(words.in('vi'))].sort(), file);
  }
});

test('no line is empty', async () => {
  for (const [file, words] of await allWords())
    for (const language of ['vi', 'en'] as const)
      assert.ok(!JSON.stringify(words.in(language)).includes(':""'), `an empty line in ${file}`);
});

test('each reason of the protocol and each offered refusal has a sentence', async () => {
  await allWords();
  for (const language of ['vi', 'en'] as const) {
    assert.deepEqual(Object.keys(problemWords.in(language).reason).sort(), [...reasons].sort());
    assert.deepEqual(Object.keys(floorWords.in(language).call.refusals).sort(), [...callRefusals].sort());
  }
});
