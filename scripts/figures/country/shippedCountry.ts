import { readFileSync } from 'node:fs';
import { makeBorders } from '../../../server/src/domain/figure/borders/makeBorders.ts';
import type { UnitShape } from '../../../server/src/domain/figure/borders/matchUnits.ts';
import type { Area } from '../../../server/src/domain/figure/borders/readGeoJson.ts';
import type { ShippedCountry } from '../../../server/src/domain/figure/borders/shippedCountry.ts';
import { archipelagos } from './islands.ts';

type Degrees = readonly [west: number, south: number, east: number, north: number];
/** Regions whose provinces are small, and the room in the sea or beside the country in which they stand enlarged. */
const REGIONS = {
  delta: { from: [105.22, 19.88, 106.78, 21.5], to: [109.3, 17.62, 115.09, 23.4] },
  south: { from: [104.75, 9.15, 107.15, 11.55], to: [100.8, 12.25, 105.3, 16.58] },
} satisfies Record<string, { from: Degrees; to: Degrees }>;
const NAMES = {
  delta: { vi: 'Đồng bằng sông Hồng', en: 'Red River delta' },
  south: { vi: 'Nam Bộ', en: 'South' },
} as const;
/** An island is drawn larger than it is, so that its colour is seen: half of its side, in degrees. */
const ISLAND = 0.11;
const NARROW = Math.cos((16 * Math.PI) / 180);

/** The outlines of provinces and archipelagos that ship with the program, made from the files of this folder. */
export function shippedCountry(): ShippedCountry {
  const topology = read('vietnam-provinces.topo.json') as Outlines;
  const parts = read('provinces-2025.json') as Record<string, readonly string[]>;
  const lines = topology.arcs.map((arc) => degreesOf(arc, topology.transform));
  const provinces = topology.objects.provinces.geometries.map(
    ({ id, arcs }): UnitShape => ({ code: id, areas: arcs.map((area) => area.map((ring) => ringOf(ring, lines))) }),
  );
  const seas = archipelagos.map(({ name, islands }): UnitShape => ({ code: name, areas: islands.map(islandOf) }));
  const all = [...provinces, ...seas];
  const { borders } = makeBorders(all);
  const { x, y } = stepsOf(all, borders.steps);
  const box = ([west, south, east, north]: Degrees) => [x(west), y(north), x(east), y(south)] as const;
  const inset = (region: keyof typeof REGIONS) => ({
    name: NAMES[region],
    from: [...box(REGIONS[region].from)] as [number, number, number, number],
    to: [...box(REGIONS[region].to)] as [number, number, number, number],
  });
  return {
    notice: 'Outlines of provinces: MIT, Copyright (c) 2012 Mark DiMarco; see NOTICE.md beside this file',
    ...borders,
    units: borders.units.map(({ code, rings }) => {
      const sea = archipelagos.find(({ name }) => name === code);
      return sea ? { code: sea.province, sea: sea.name, rings } : { code, rings };
    }),
    insets: { 63: [inset('delta'), inset('south')], 34: [inset('delta')] },
    parts,
  };
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** TopoJSON, as far as this file has it. */
interface Outlines {
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] };
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
  readonly objects: {
    readonly provinces: {
      readonly geometries: readonly {
        readonly id: string;
        readonly arcs: readonly (readonly (readonly number[])[])[];
      }[];
    };
  };
}
type Point = readonly [longitude: number, latitude: number];

function degreesOf(arc: Outlines['arcs'][number], { scale, translate }: Outlines['transform']): Point[] {
  let [x, y] = [0, 0];
  return arc.map(([right, up]) => {
    [x, y] = [x + right, y + up];
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** Where one line ends the next begins; `~n` is line n from its end to its beginning. */
const ringOf = (ring: readonly number[], lines: readonly (readonly Point[])[]): Float64Array =>
  Float64Array.from(
    ring.flatMap((nr, i) => {
      const line = lines[nr < 0 ? ~nr : nr] ?? [];
      return (nr < 0 ? line.toReversed() : line).slice(i === 0 ? 0 : 1).flat();
    }),
  );

function islandOf([x, y]: readonly [number, number]): Area {
  const [w, h] = [ISLAND / NARROW, ISLAND];
  return [Float64Array.from([x, y - h, x + w, y, x, y + h, x - w, y, x, y - h])];
}

/** Where a degree lies on the grid of all areas. */
function stepsOf(units: readonly UnitShape[], steps: number) {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { areas } of units)
    for (const [outer = new Float64Array()] of areas)
      for (let i = 0; i < outer.length; i += 2) {
        const [lon, lat] = [outer[i] ?? 0, outer[i + 1] ?? 0];
        [west, south, east, north] = [
          Math.min(west, lon),
          Math.min(south, lat),
          Math.max(east, lon),
          Math.max(north, lat),
        ];
      }
  return {
    x: (longitude: number) => Math.round(((longitude - west) / (east - west)) * steps),
    y: (latitude: number) => Math.round(((north - latitude) / (north - south)) * steps),
  };
}
