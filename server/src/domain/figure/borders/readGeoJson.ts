import { DomainError } from '../../../protocol/errors.ts';
import { JsonElements } from '../formats/JsonElements.ts';
import { BordersRefusal } from './BordersRefusal.ts';

/** Longitude and latitude in turns: millions of pairs as arrays take five times as much memory. */
type Ring = Float64Array;
/** Its outer ring first. */
export type Area = readonly Ring[];
/** An area of the file, and the code that it has there. */
export interface CodedShape {
  readonly code: string;
  readonly areas: readonly Area[];
}

/** More than the country has; what is beyond them is no file of it. */
const MOST = { features: 30_000, positions: 5_000_000, ofFeature: 16 * 1024 * 1024 } as const;
/** What a position takes with room to spare: until it is drawn, while there are few, and until most of many are left out. */
const BYTES = { drawn: 400, read: 80, left: 240_000_000 } as const;
/** Around the country with its seas, in degrees. */
const AROUND = { west: 100, east: 120, south: 5, north: 25 } as const;

/** FG112: positions of a file for which there is memory. @param bytes that this process may take for objects */
export const positionsFor = (bytes: number): number =>
  Math.min(MOST.positions, Math.floor(Math.max(bytes / BYTES.drawn, (bytes - BYTES.left) / BYTES.read)));

/**
 * Areas of a GeoJSON file (RFC 7946) by a property of theirs. Every position is looked at: what is made of it later may rely
 * on it. FG112: features are read one by one, and nothing is kept of them but their areas.
 * @param pieces of its text, which end anywhere @throws BordersRefusal
 */
export function readGeoJson(
  pieces: Iterable<string>,
  property: string,
  positions: number = MOST.positions,
): CodedShape[] {
  const shapes: CodedShape[] = [];
  const left = { positions, of: positions };
  const take = (text: string) => {
    const where = `feature ${shapes.length + 1}`;
    if (shapes.length === MOST.features) throw new BordersRefusal(`the file has more than ${MOST.features} features`);
    const { properties, geometry } = objectOf(parsed(text, where), where);
    const code = objectOf(properties, `"properties" of ${where}`)[property];
    if (typeof code !== 'string' || code === '' || code.length > 64)
      throw new BordersRefusal(`${where} has no text "${property}" among its properties; name another with --property`);
    shapes.push({ code, areas: areasOf(geometry, `${where} (${code})`, left) });
  };
  const features = new JsonElements('features', take, MOST.ofFeature);
  try {
    for (const piece of pieces) features.read(piece);
    objectOf(parsed(features.end(), 'the file'), 'the file');
  } catch (error) {
    throw error instanceof DomainError
      ? new BordersRefusal(`the file is no FeatureCollection: ${error.message}`)
      : error;
  }
  return shapes;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BordersRefusal(`${what} is not JSON`);
  }
}

interface Left {
  positions: number;
  readonly of: number;
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BordersRefusal(`${what} is no object`);
  return value as Record<string, unknown>;
}

function areasOf(geometry: unknown, where: string, left: Left): Area[] {
  const { type, coordinates } = objectOf(geometry, `"geometry" of ${where}`);
  if (type === 'Polygon') return [areaOf(coordinates, where, left)];
  if (type === 'MultiPolygon') return listOf(coordinates, where).map((one) => areaOf(one, where, left));
  throw new BordersRefusal(`${where} is neither a Polygon nor a MultiPolygon`);
}

const areaOf = (rings: unknown, where: string, left: Left): Area =>
  listOf(rings, where).map((ring) => ringOf(ring, where, left));

function ringOf(ring: unknown, where: string, left: Left): Ring {
  const positions = listOf(ring, where);
  left.positions -= positions.length;
  if (left.positions < 0)
    throw new BordersRefusal(
      `the file has more than ${left.of} positions, for which there is memory: make its lines simpler first`,
    );
  if (positions.length < 4) throw new BordersRefusal(`a ring of ${where} has fewer than four positions`);
  const read = new Float64Array(2 * positions.length);
  for (const [i, position] of positions.entries()) {
    const [x, y]: readonly unknown[] = Array.isArray(position) ? position : [];
    if (typeof x !== 'number' || typeof y !== 'number' || !isAround(x, y))
      throw new BordersRefusal(
        `a position of ${where} is not in or around Viet Nam: degrees of WGS 84 are read, longitude first`,
      );
    read.set([x, y], 2 * i);
  }
  const [last, first] = [read.subarray(-2), read];
  if (first[0] !== last[0] || first[1] !== last[1])
    throw new BordersRefusal(`a ring of ${where} does not end where it begins`);
  return read;
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new BordersRefusal(`coordinates of ${where} are no list`);
  return value;
}

/** FG112: something of each position of a ring, in their order. */
export const eachOf = <T>(ring: Ring, make: (x: number, y: number) => T): T[] =>
  Array.from({ length: ring.length / 2 }, (_, i) => make(ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0));

const isAround = (x: number, y: number): boolean =>
  x >= AROUND.west && x <= AROUND.east && y >= AROUND.south && y <= AROUND.north;
