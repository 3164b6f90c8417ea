import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const sheet = read('shades.css');

/** Every value that the sheet gives a custom property. */
const valuesOf = (name: string): string[] =>
  [...sheet.matchAll(new RegExp(`${name}: (#[0-9a-f]{6});`, 'g'))].map(([, colour]) => colour ?? '');

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

for (const kind of ['', '-worse'])
  test(`FG165 a class has one colour on paper, on a dark page and on the stage: the more, the darker${kind && ', also of what is bad'}`, () => {
    const ramp = [0, 1, 2, 3, 4].map((nr) => {
      const all = valuesOf(`--figure${kind}-${nr}`);
      assert.equal(all.length, 1, `${nr}: ${all}`);
      return luminance(all[0] ?? '');
    });
    // By lightness alone, as whoever tells no colours apart sees them.
    for (const [i, next] of ramp.slice(1).entries()) assert.ok((ramp[i] ?? 0) > next * 1.25, `${ramp}`);
    const dark = luminance('#0e1621');
    assert.ok(((ramp.at(-1) ?? 0) + 0.05) / (dark + 0.05) > 2.7, 'the strongest stands off a dark ground');
  });
