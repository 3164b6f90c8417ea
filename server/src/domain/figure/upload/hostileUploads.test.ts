import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileFile, uploadedSeeds } from '../../../../test/support/figure/hostileFile.ts';
import { randomOf } from '../../../../test/support/randomOf.ts';
import { readUpload } from './readUpload.ts';

const WORDS = [
  '"',
  ';',
  ',',
  '\r\n',
  '-',
  'unit',
  '1e999',
  'NaN',
  '\u0000',
  '<row r="99999999">',
  '<v>',
  ']]>',
  '&x;',
  '<!ENTITY x "y">',
];

/** A seed with some of it cut out, doubled, or replaced. */
function mutated(seed: string, random: () => number): Buffer {
  const pick = (most: number) => Math.floor(random() * most);
  let text = seed.slice(1);
  for (let times = 1 + pick(6); times > 0; times -= 1) {
    const [at, length] = [pick(text.length + 1), pick(20)];
    const put = random() < 0.5 ? (WORDS[pick(WORDS.length)] ?? '') : String.fromCharCode(pick(0x2ff));
    text = text.slice(0, at) + put.repeat(1 + pick(3)) + text.slice(random() < 0.5 ? at : at + length);
  }
  return Buffer.concat([Buffer.from([seed.charCodeAt(0) + 12 * pick(2)]), Buffer.from(text)]);
}

test('FG73 FG74 whatever is handed in, each row that is read or refused has its place in the file, or the file says why not', async () => {
  const outcomes = new Map<string, number>();
  for (let nr = 0; nr < 1_000; nr += 1) {
    const random = randomOf(nr);
    const data = mutated(uploadedSeeds[nr % uploadedSeeds.length] ?? '', random);
    const found = await readUpload(await hostileFile(data));
    const outcome = 'error' in found ? found.error.reason : found.unread.length > 0 ? 'refused rows' : 'rows';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if ('error' in found) continue;
    for (const { row } of [...found.rows, ...found.unread])
      assert.ok(Number.isInteger(row) && row > 1, `seed ${nr}: row ${row}`);
  }
  for (const outcome of ['rows', 'refused rows', 'bad-request'])
    assert.ok((outcomes.get(outcome) ?? 0) > 30, [...outcomes].join());
});
