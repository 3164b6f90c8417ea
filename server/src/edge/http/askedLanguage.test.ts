import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedLanguage } from './askedLanguage.ts';

test('FG200 the language of a refusal is the one that is wanted most, and Vietnamese where neither is', () => {
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'vi'],
    ['*', 'vi'],
    ['fr-FR,fr;q=0.9', 'vi'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['en-US,en;q=0.9,vi;q=0.8', 'en'],
    ['en;q=0.5, vi', 'vi'],
    ['fr, en;q=0.3, *;q=0.1', 'en'],
    ['vi;q=0, en;q=0.1', 'en'],
    ['en;q=x', 'vi'],
    ['english', 'vi'],
  ];
  for (const [header, language] of wanted) assert.equal(askedLanguage(header), language, header);
});
