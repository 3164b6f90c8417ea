import { gzipSync } from 'node:zlib';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import type { GeometryCollection, MultiPolygon as Sharing, Topology } from 'topojson-specification';
import type { Borders } from '../../../protocol/figureBorders.ts';
import { BORDERS_LARGEST } from '../../../protocol/limits.ts';
import { BordersRefusal } from './BordersRefusal.ts';
import type { UnitShape } from './matchUnits.ts';
import { eachOf } from './readGeoJson.ts';
import { thinned } from './thinned.ts';

type Shared = Topology<{ units: GeometryCollection }>;

/** A degree of longitude is so much of one of latitude, in the middle of the country. */
const NARROW = Math.cos((16 * Math.PI) / 180);
/** Steps of the longer side: finer than a pixel of the largest wall. */
const STEPS = 8_192;
/** Of all positions, the part that is left out: as few as may be. */
const DROPPED = [0, 0.15, 0.3, 0.5, 0.65, 0.75, 0.82, 0.87, 0.91, 0.94, 0.96, 0.98, 0.99] as const;

/**
 * Areas as a page draws them: a border between two units is one line that both share, so that none gapes when it is
 * simplified; north is up, and all is within a size. @throws BordersRefusal
 */
export function makeBorders(units: readonly UnitShape[]): { readonly borders: Borders; readonly bytes: Buffer } {
  const shared = presimplify(sharedLines(thinned(units, sideOf(units) / STEPS)));
  const simplified = (dropped: number) => {
    const borders = toBorders(quantized(simplify(shared, quantile(shared, 1 - dropped))), units);
    const bytes = Buffer.from(JSON.stringify(borders));
    return { borders, bytes, fits: gzipSync(bytes).length <= BORDERS_LARGEST };
  };
  let fitting: ReturnType<typeof simplified> | undefined;
  let [from, to] = [0, DROPPED.length as number];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const tried = simplified(DROPPED[middle] ?? 0);
    if (tried.fits) [fitting, to] = [tried, middle];
    else from = middle + 1;
  }
  if (!fitting)
    throw new BordersRefusal(`the map is larger than ${BORDERS_LARGEST} bytes, however simple its lines are made`);
  return fitting;
}

/** Degrees of the longer side. */
function sideOf(units: readonly UnitShape[]): number {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { areas } of units)
    for (const [outer = new Float64Array()] of areas)
      for (let i = 0; i < outer.length; i += 2) {
        const [x, y] = [outer[i] ?? 0, outer[i + 1] ?? 0];
        [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
      }
  return Math.max((east - west) * NARROW, north - south);
}

function sharedLines(units: readonly UnitShape[]): Shared {
  const features = units.map(({ areas }) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: {
      type: 'MultiPolygon',
      coordinates: areas.map((area) => area.map((ring) => eachOf(ring, (x, y) => [x * NARROW, -y]))),
    } satisfies MultiPolygon,
  }));
  // On a grid first: neighbours of a file may differ by less than a centimetre.
  const collection: FeatureCollection = { type: 'FeatureCollection', features };
  return topology({ units: collection }, 1e6) as unknown as Shared;
}

const quantized = (lines: Shared): Shared => quantize(lines, STEPS) as Shared;

function toBorders({ arcs, objects, bbox = [0, 0, 1, 1] }: Shared, units: readonly UnitShape[]): Borders {
  const [west, north, east, south] = bbox as [number, number, number, number];
  const [width, height] = [east - west, south - north];
  if (!(width > 0 && height > 0)) throw new BordersRefusal('the areas of the file have no extent');
  return {
    // What is taken for a step in either direction is told by the length of both.
    ...{ ratio: Math.round((width / height) * 10_000) / 10_000, steps: STEPS - 1 },
    arcs: arcs.map((arc) => arc.flatMap(([x = 0, y = 0]) => [x, y])),
    units: objects.units.geometries.map((geometry, i) => ({
      code: units[i]?.code ?? '',
      rings: (geometry as Sharing).arcs.flat(),
    })),
  };
}
