import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exerciseAnswer, exerciseOffer } from '../../../test/support/sdp/exercise.ts';
import { clientDescriptions } from '../../../test/support/sdp/golden.ts';
import { mutate, seededRandom } from '../../../test/support/sdp/mutate.ts';
import { PublisherAnswerer } from './answer.ts';
import { SdpError } from './types.ts';

const rounds = 3000;
const originals = clientDescriptions();

test(`${rounds} mutated descriptions are answered, or refused with an SdpError`, () => {
  let [answered, refused] = [0, 0];
  for (let seed = 0; seed < rounds; seed++) {
    const random = seededRandom(seed);
    const original = originals[Math.floor(random() * originals.length)] ?? '';
    const text = mutate(original, originals, random);
    for (const exercise of [() => exerciseOffer(text), () => exerciseAnswer(text, text.split('m=').length - 2)]) {
      try {
        exercise();
        answered += 1;
      } catch (error) {
        if (!(error instanceof SdpError)) throw new Error(`seed ${seed}: ${text}`, { cause: error });
        refused += 1;
      }
    }
  }
  assert.ok(answered > rounds / 20, `only ${answered} got through, so the mutations are too coarse to find anything`);
  assert.ok(refused > rounds / 20, `only ${refused} were refused, so the mutations change nothing`);
});

test('a mutated second offer meets the table of the first', () => {
  for (let seed = 0; seed < rounds / 10; seed++) {
    const random = seededRandom(1_000_000 + seed);
    const original = originals[Math.floor(random() * originals.length)] ?? '';
    const answerer = new PublisherAnswerer(1);
    for (const text of [original, mutate(original, originals, random), original]) {
      try {
        exerciseOffer(text, answerer);
      } catch (error) {
        if (!(error instanceof SdpError)) throw new Error(`seed ${seed}: ${text}`, { cause: error });
      }
    }
  }
});

test('SDP at the size limit is refused in a time that grows with its length, not with the square of it', () => {
  const lines = ['v=0', ...Array.from({ length: 19_000 }, (_, i) => `a=ssrc:${i} x`)];
  const start = performance.now();
  assert.throws(() => exerciseOffer(lines.join('\r\n')), SdpError);
  for (const filler of ['a=', 'm=', 'a=extmap:', '\r\n', 'a=fmtp:96 x=1;'] as const) {
    assert.throws(() => exerciseOffer(`v=0\r\n${filler.repeat(500_000)}`), SdpError);
    assert.throws(() => exerciseOffer(`v=0\r\n${`${filler}\r\n`.repeat(50_000)}`), SdpError);
  }
  // A tenth of a second here; with the square it would be hours.
  assert.ok(performance.now() - start < 120_000);
});
