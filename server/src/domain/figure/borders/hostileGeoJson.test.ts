import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridGeoJson, gridTree } from '../../../../test/support/figure/gridGeoJson.ts';
import { bordersSchema } from '../../../protocol/figureBorders.ts';
import { BordersRefusal } from './BordersRefusal.ts';
import { makeBorders } from './makeBorders.ts';
import { matchUnits } from './matchUnits.ts';
import { readGeoJson } from './readGeoJson.ts';

const INPUTS = 2_000;
const odd = [null, 0, -0, 1e308, 'x', [], {}, true, 104.5];

/** The same numbers in each run, 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

test('FG35 what a hostile file has for codes is told without what would move a cursor or turn its direction', () => {
  const code = '\u001b[2J\u202eevil\u0007';
  const ring = [
    [105, 20],
    [106, 20],
    [106, 21],
    [105, 20],
  ];
  const features = [{ properties: { code }, geometry: { type: 'Polygon', coordinates: [ring.slice(1)] } }];
  assert.throws(() => readGeoJson(JSON.stringify({ features }), 'code'), {
    message: /^a ring of feature 1 \(\?\[2J\?evil\?\) has fewer than four positions$/,
  });
});

test('FG35 whatever is changed in a file, it is drawn as pages take it, or refused in words', (t) => {
  const throwOf = dice(7);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(throwOf() * all.length)] as T;
  const changed = (value: unknown): unknown => {
    if (throwOf() < 0.004) return pick(odd);
    if (Array.isArray(value)) {
      const all = value.map(changed);
      if (throwOf() < 0.01) all.splice(Math.floor(throwOf() * all.length), 1);
      if (throwOf() < 0.01) all.push(pick(all));
      return throwOf() < 0.01 ? all.toReversed() : all;
    }
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one)]));
    return value;
  };
  /** Positions move, and rings stay closed: what is wrong is in the shapes alone. */
  const moved = (file: ReturnType<typeof gridGeoJson>) => ({
    ...file,
    features: file.features.map((feature) => {
      const by = pick([0, 1e-7, 0.01, 1]);
      const [ring = []] = feature.geometry.coordinates;
      const flat = throwOf() < 0.1;
      const points = ring.slice(0, -1).map(([x, y]) => [flat ? ring[0]?.[0] : x + (throwOf() - 0.5) * by, y]);
      return { ...feature, geometry: { ...feature.geometry, coordinates: [[...points, points[0]]] } };
    }),
  });
  const came = { drawn: 0, refused: 0 };
  for (let i = 0; i < INPUTS; i += 1) {
    const file = gridGeoJson(gridTree, i % 4);
    const text = JSON.stringify(i % 2 === 0 ? moved(file) : changed(file));
    try {
      bordersSchema.parse(makeBorders(matchUnits(readGeoJson([text], 'code'), gridTree)).borders);
      came.drawn += 1;
    } catch (error) {
      assert.ok(error instanceof BordersRefusal, `${error} at ${text.slice(0, 2_000)}`);
      came.refused += 1;
    }
  }
  t.diagnostic(`${came.drawn} drawn, ${came.refused} refused`);
  assert.ok(came.drawn > 0 && came.refused > 0);
});
