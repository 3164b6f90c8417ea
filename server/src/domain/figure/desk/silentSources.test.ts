import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { type LastWord, silentSources } from './silentSources.ts';

const two = (text: string) => ({ vi: text, en: text });
const hourly = (code: string, every: Indicator['every'] = 'hour'): Indicator => ({
  ...{ code, name: two(code), unit: two('giường'), scale: 0, kind: 'stock', every, up: 'sum' },
  ...{ dueSeconds: 600, staleSeconds: 7200, mayStage: true, simulated: false, version: 1 },
});
const source = (code: string, kind: FigureSource['kind'], indicators: string[]): FigureSource => ({
  ...{ code, name: code, rank: 1, root: 'vn', simulated: false, indicators },
  ...(kind && { kind }),
});
const definitions = {
  indicators: new Map([hourly('beds'), hourly('oxygen'), hourly('area', 'once')].map((one) => [one.code, one])),
  sources: new Map(
    [
      ...[source('moh', undefined, ['beds', 'oxygen', 'area']), source('army', 'upload', ['beds'])],
      ...[source('communes', 'form', ['beds']), source('asked-1', 'asked', ['beds'])],
    ].map((one) => [one.code, one]),
  ),
};
const eight = Date.parse('2026-09-02T08:00+07:00');
const word = (of: string, indicator: string, hours = 0, n = 1): LastWord => ({
  ...{ source: of, indicator, period: eight + hours * 3_600_000, n, at: eight + n },
});
const at = (minutes: number, ...words: LastWord[]) =>
  silentSources(definitions, words, eight + minutes * 60_000).map(({ source: { code }, of, since, last }) => [
    ...[code, of.map(({ indicator }) => indicator).join(), (since - eight) / 60_000, last.n],
  ]);

test('FG13 a source is silent from when the period after its last word is due, and no earlier', () => {
  assert.deepEqual(at(129, word('moh', 'beds')), []);
  assert.deepEqual(at(130, word('moh', 'beds')), [['moh', 'beds', 130, 1]]);
});

test('FG13 it is told once, with what it said last, however much of it is missing', () => {
  assert.deepEqual(at(300, word('moh', 'beds', 1, 5), word('moh', 'oxygen', 0, 7)), [['moh', 'beds,oxygen', 130, 7]]);
  assert.deepEqual(at(150, word('moh', 'beds', 1, 5), word('moh', 'oxygen', 0, 7)), [['moh', 'oxygen', 130, 7]]);
});

test('FG13 those that are silent for longest stand first; one that never spoke is not silent', () => {
  assert.deepEqual(at(300, word('moh', 'beds', 1), word('army', 'beds')), [
    ...[
      ['army', 'beds', 130, 1],
      ['moh', 'beds', 190, 1],
    ],
  ]);
  assert.deepEqual(at(99_999), []);
});

test('FG13 units that type in are late themselves, what comes once is never missing, nor what is no more asked of a source', () => {
  assert.deepEqual(at(99_999, word('communes', 'beds'), word('asked-1', 'beds'), word('moh', 'area')), []);
  assert.deepEqual(at(99_999, word('army', 'oxygen'), word('gone', 'beds')), []);
});
