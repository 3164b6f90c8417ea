import { BordersRefusal } from './BordersRefusal.ts';

type Ring = readonly (readonly [longitude: number, latitude: number])[];
/** Its outer ring first. */
export type Area = readonly Ring[];
/** An area of the file, and the code that it has there. */
export interface CodedShape {
  readonly code: string;
  readonly areas: readonly Area[];
}

/** More than the country has; what is beyond them is no file of it. */
const MOST = { features: 30_000, positions: 5_000_000 } as const;
/** Around the country with its seas, in degrees. */
const AROUND = { west: 100, east: 120, south: 5, north: 25 } as const;

/**
 * Areas of a GeoJSON file (RFC 7946) by a property of theirs. Every position is looked at: what is made of it later may rely
 * on it. @throws BordersRefusal
 */
export function readGeoJson(text: string, property: string): CodedShape[] {
  const { features } = objectOf(parsed(text), 'the file');
  if (!Array.isArray(features)) throw new BordersRefusal('the file is no FeatureCollection: it has no list "features"');
  if (features.length > MOST.features) throw new BordersRefusal(`the file has more than ${MOST.features} features`);
  const left = { positions: MOST.positions };
  return features.map((feature: unknown, i): CodedShape => {
    const where = `feature ${i + 1}`;
    const { properties, geometry } = objectOf(feature, where);
    const code = objectOf(properties, `"properties" of ${where}`)[property];
    if (typeof code !== 'string' || code === '' || code.length > 64)
      throw new BordersRefusal(`${where} has no text "${property}" among its properties; name another with --property`);
    return { code, areas: areasOf(geometry, `${where} (${code})`, left) };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BordersRefusal('the file is not JSON');
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BordersRefusal(`${what} is no object`);
  return value as Record<string, unknown>;
}

function areasOf(geometry: unknown, where: string, left: { positions: number }): Area[] {
  const { type, coordinates } = objectOf(geometry, `"geometry" of ${where}`);
  if (type === 'Polygon') return [areaOf(coordinates, where, left)];
  if (type === 'MultiPolygon') return listOf(coordinates, where).map((one) => areaOf(one, where, left));
  throw new BordersRefusal(`${where} is neither a Polygon nor a MultiPolygon`);
}

const areaOf = (rings: unknown, where: string, left: { positions: number }): Area =>
  listOf(rings, where).map((ring) => ringOf(ring, where, left));

function ringOf(ring: unknown, where: string, left: { positions: number }): Ring {
  const positions = listOf(ring, where);
  left.positions -= positions.length;
  if (left.positions < 0) throw new BordersRefusal(`the file has more than ${MOST.positions} positions`);
  if (positions.length < 4) throw new BordersRefusal(`a ring of ${where} has fewer than four positions`);
  const read = positions.map((position): readonly [number, number] => {
    const [x, y]: readonly unknown[] = Array.isArray(position) ? position : [];
    if (typeof x !== 'number' || typeof y !== 'number' || !isAround(x, y))
      throw new BordersRefusal(
        `a position of ${where} is not in or around Viet Nam: degrees of WGS 84 are read, longitude first`,
      );
    return [x, y];
  });
  const [first, last] = [read[0], read.at(-1)];
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1])
    throw new BordersRefusal(`a ring of ${where} does not end where it begins`);
  return read;
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new BordersRefusal(`coordinates of ${where} are no list`);
  return value;
}

const isAround = (x: number, y: number): boolean =>
  x >= AROUND.west && x <= AROUND.east && y >= AROUND.south && y <= AROUND.north;
