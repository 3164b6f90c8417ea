/** Units of a made-up country: a grid of squares on land, and an area for each unit of an archipelago. */
interface GridUnit {
  readonly code: string;
  readonly path: string;
  readonly name: string;
}
/** The smallest that has both archipelagos. */
export const gridTree: readonly GridUnit[] = [
  ['vn', 'Việt Nam'],
  ['vn.01', 'Thành phố Hà Nội'],
  ...['001', '002', '003', '004'].map((code) => [`vn.01.${code}`, `Xã ${code}`] as const),
  ['vn.48', 'Thành phố Đà Nẵng'],
  ['vn.48.498', 'Huyện Hoàng Sa'],
  ['vn.56', 'Tỉnh Khánh Hòa'],
  ['vn.56.576', 'Huyện Trường Sa'],
  ...['22736', '22739'].map((code) => [`vn.56.576.${code}`, `Xã ${code}`] as const),
].map(([path = '', name = '']) => ({ code: path.split('.').at(-1) ?? '', path, name }));

/** With their paths. @param rows those above before those below */
export function treeOf(
  rows: readonly { readonly code: string; readonly parent: string | null; readonly name: string }[],
) {
  const paths = new Map<string, string>();
  return rows.map(({ code, parent, name }): GridUnit => {
    const path = parent ? `${paths.get(parent)}.${code}` : code;
    paths.set(code, path);
    return { code, path, name };
  });
}

type Position = [number, number];

const LAND = { west: 102.2, north: 23.3, width: 7, height: 14 } as const;
const SEAS = [
  { name: 'Hoàng Sa', x: 111.6, y: 16.5 },
  { name: 'Trường Sa', x: 112.9, y: 9.8 },
] as const;

/**
 * GeoJSON of units without units below them: squares side by side whose edges are not straight, in the order of their paths.
 * Neighbours have the same positions along the edge that they share, as in a file of the state.
 * @param edge positions of an edge
 */
export function gridGeoJson(units: readonly GridUnit[], edge = 12, property = 'code') {
  const seaOf = ({ path }: GridUnit) =>
    SEAS.find(({ name }) => units.some((one) => one.name.endsWith(name) && `${path}.`.startsWith(`${one.path}.`)));
  const above = new Set(units.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('.')))));
  const lowest = units.filter(({ path }) => !above.has(path));
  const land = lowest.filter((unit) => !seaOf(unit));
  const across = Math.max(1, Math.round(Math.sqrt(land.length / 2)));
  const side = Math.min(LAND.width / across, LAND.height / Math.ceil(land.length / across));
  const shapes = new Map<string, Position[]>();
  land.forEach(({ code }, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    const corner = (right: number, down: number): Position => [
      LAND.west + (column + right) * side,
      LAND.north - (row + down) * side,
    ];
    shapes.set(code, closed([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], edge, side));
  });
  const islands = new Map<string, number>();
  for (const unit of lowest) {
    const sea = seaOf(unit);
    if (!sea) continue;
    const nr = islands.get(sea.name) ?? 0;
    islands.set(sea.name, nr + 1);
    const [x, y] = [sea.x + nr * 0.2, sea.y];
    shapes.set(
      unit.code,
      closed(
        [
          [x, y],
          [x + 0.05, y],
          [x + 0.05, y - 0.05],
          [x, y - 0.05],
        ],
        edge,
        0.05,
      ),
    );
  }
  const features = [...shapes].map(([code, ring]) => ({
    type: 'Feature',
    properties: { [property]: code },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }));
  return { type: 'FeatureCollection', features };
}

function closed(corners: readonly Position[], edge: number, side: number): Position[] {
  const ring = corners.flatMap((from, i) => along(from, corners[(i + 1) % corners.length] ?? from, edge, side));
  return [...ring, ring[0] ?? [0, 0]];
}

/** The same positions from either end; neither corner of the end. */
function along(from: Position, to: Position, edge: number, side: number): Position[] {
  const isForth = from[0] + from[1] * 0.5 < to[0] + to[1] * 0.5;
  const [a, b] = isForth ? [from, to] : [to, from];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const inner = Array.from({ length: edge }, (_, i): Position => {
    const share = (i + 1) / (edge + 1);
    const off = Math.sin(share * 37 + a[0] * 11 + a[1] * 7) * 0.06 * side * Math.sin(share * Math.PI);
    const isUpright = Math.abs(dy) > Math.abs(dx);
    return rounded([a[0] + dx * share + (isUpright ? off : 0), a[1] + dy * share + (isUpright ? 0 : off)]);
  });
  return [rounded(from), ...(isForth ? inner : inner.toReversed())];
}

const rounded = ([x, y]: Position): Position => [Math.round(x * 1e6) / 1e6, Math.round(y * 1e6) / 1e6];
