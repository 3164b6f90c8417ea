import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { uuidSchema } from '../../protocol/uuid.ts';
import { withMishaps } from './mishaps.ts';
import type { ScenarioBatch, ScenarioRow } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { smallCountry } from './smallCountry.ts';

const LAST_DAY = '2026-11-25';
const tell = (name: string, seed = 1, lastDay = LAST_DAY): ScenarioBatch[] => [
  ...withMishaps(scenarioOf(name).plain({ seed, lastDay, reporters: smallCountry }), {
    ...{ seed, lastDay, reporters: smallCountry },
  }),
];
const plain = (name: string, seed = 1): ScenarioBatch[] => [
  ...scenarioOf(name).plain({ seed, lastDay: LAST_DAY, reporters: smallCountry }),
];
function scenarioOf(name: string) {
  const scenario = scenarios.get(name);
  assert.ok(scenario);
  return scenario;
}
const hashOf = (batches: ScenarioBatch[]) => hash('sha256', JSON.stringify(batches));
const cellOf = ({ indicator, unit, period }: ScenarioRow) => `${indicator} ${unit} ${period}`;
/** The value of each cell in the end, where the last that was sent counts. */
const ends = (batches: readonly ScenarioBatch[], source: string) =>
  new Map(batches.flatMap((b) => (b.source === source ? b.rows.map((row) => [cellOf(row), row.value] as const) : [])));

for (const name of scenarios.keys()) {
  test(`${name}: the same seed and day tell the same to the last byte, others do not`, () => {
    assert.equal(hashOf(tell(name)), hashOf(tell(name)));
    assert.notEqual(hashOf(tell(name)), hashOf(tell(name, 2)));
    assert.notEqual(hashOf(tell(name)), hashOf(tell(name, 1, '2026-11-24')));
  });

  test(`${name}: batches come in the order of time, and what is sent twice is the same under one key`, () => {
    const batches = tell(name);
    const byKey = Map.groupBy(batches, ({ key }) => key);
    for (const [i, { at, key, source }] of batches.entries()) {
      uuidSchema.parse(key);
      assert.ok(at >= (batches[i - 1]?.at ?? at));
      assert.ok(scenarioOf(name).sources.some(({ code }) => code === source));
    }
    for (const same of byKey.values()) for (const batch of same) assert.deepEqual(batch, same[0]);
  });

  test(`${name}: in the end everything is as it would be without mishaps, but for hours of silence`, () => {
    for (const { code } of scenarioOf(name).sources) {
      const [told, meant] = [ends(tell(name), code), ends(plain(name), code)];
      let silent = 0;
      for (const [cell, value] of meant)
        if (told.has(cell) || !cell.includes(`${LAST_DAY}T2`)) assert.equal(told.get(cell), value, cell);
        else silent++;
      assert.equal(silent, code === 'sim-hospitals' ? 3 * 3 * smallCountry.length : 0);
    }
  });

  test(`${name}: every figure and every source says that it is simulated, and a source sends what is its own`, () => {
    const { indicators, sources } = scenarioOf(name);
    assert.ok([...indicators, ...sources].every(({ simulated }) => simulated));
    const owned = new Map(sources.map(({ code, indicators: own }) => [code, own]));
    for (const { source, rows } of plain(name))
      assert.ok(rows.every(({ indicator }) => owned.get(source)?.includes(indicator)));
  });
}

test('every mishap of a platform happens', () => {
  const happened = new Set(tell('outbreak-2021').flatMap(({ mishaps }) => mishaps));
  assert.deepEqual([...happened].sort(), [
    'contradiction',
    'correction',
    'duplicate',
    'earlier',
    'fall',
    'late',
    'retry',
    'slip',
    'unknown',
  ]);
});

test('a total falls only where a platform sends a wrong one, and every correction says why', () => {
  for (const seed of [1, 2, 3]) {
    const seen = new Map<string, number>();
    let falls = 0;
    for (const { rows, mishaps, reason } of tell('outbreak-2021', seed)) {
      if (mishaps.includes('correction')) assert.ok(reason);
      for (const { indicator, unit, value } of rows) {
        if (indicator !== 'covid-total' || (mishaps.length > 0 && mishaps[0] !== 'fall' && mishaps[0] !== 'retry'))
          continue;
        const fell = Number(value) < (seen.get(unit) ?? 0);
        if (fell) assert.ok(mishaps.includes('fall'));
        if (fell) falls++;
        else seen.set(unit, Number(value));
      }
    }
    assert.ok(falls > 0);
  }
});

test('hospitals are silent in the last evening, and in no other', () => {
  const at = new Date('2026-11-26T14:10:00Z');
  const goesOn = scenarioOf('outbreak-2021').goesOn?.({ seed: 1, reporters: smallCountry }, at, { now: () => at });
  const [first] = goesOn ?? [];
  assert.equal(first?.rows[0]?.period, '2026-11-26T21:00:00+07:00');
  const telling = { seed: 1, reporters: smallCountry, lastDay: LAST_DAY };
  assert.ok([...withMishaps([first], telling)].some(({ source }) => source === 'sim-hospitals'));
});
