/**
 * Where provinces lie, so that a country drawn as tiles is known at one look: rows from north to south, codes of the
 * General Statistics Office from west to east, and which part of the width a row has (the country is an S).
 */
export interface MapRow {
  /** Shares of the width, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly codes: readonly string[];
  /** FG35: the archipelago in the sea east of them. */
  readonly sea?: Archipelago;
}
/** By the name that its unit has in every tree, whatever its tier, with the province that it belongs to. */
export interface Archipelago {
  readonly name: string;
  readonly province: string;
  /** Of this province, where a tree of few units does not have it. */
  readonly provinceName: string;
}
const hoangSa: Archipelago = { name: 'Hoàng Sa', province: '48', provinceName: 'Đà Nẵng' };
const truongSa: Archipelago = { name: 'Trường Sa', province: '56', provinceName: 'Khánh Hòa' };

/** The 63 provinces until June 2025. */
export const of63: readonly MapRow[] = [
  row(0.04, 0.84, '12 10 02 08 06 04 20'),
  row(0, 0.98, '11 14 15 25 26 19 24 22'),
  row(0.06, 1, '17 01 27 33 30 31 34'),
  row(0.08, 0.88, '38 37 35 36'),
  row(0.1, 0.74, '40 42 44 45'),
  row(0.28, 0.84, '46 48 49 51', hoangSa),
  row(0.34, 0.9, '62 64 52 54'),
  row(0.3, 0.9, '67 66 68 56 58'),
  row(0.18, 0.84, '72 70 74 75 60', truongSa),
  row(0.04, 0.82, '89 87 80 79 77 82'),
  row(0, 0.8, '91 96 95 93 92 94 86 84 83'),
];

/** The 34 provinces since July 2025. */
export const of34: readonly MapRow[] = [
  row(0.04, 0.84, '12 15 08 04'),
  row(0, 0.9, '11 14 25 19 20'),
  row(0.1, 1, '01 24 33 31 22'),
  row(0.08, 0.72, '38 37'),
  row(0.12, 0.74, '40 42 44'),
  row(0.36, 0.8, '46 48', hoangSa),
  row(0.4, 0.86, '51 52'),
  row(0.4, 0.86, '66 56'),
  row(0.28, 0.82, '75 68', truongSa),
  row(0.14, 0.72, '80 79'),
  row(0.02, 0.7, '91 82 86'),
  row(0.06, 0.56, '96 92'),
];

function row(from: number, to: number, codes: string, sea?: Archipelago): MapRow {
  return { from, to, codes: codes.split(' '), ...(sea && { sea }) };
}

/** The rows of a country that has these provinces; undefined: it is none that is known here. */
export function rowsOf(codes: readonly string[]): readonly MapRow[] | undefined {
  const known = (rows: readonly MapRow[]): number => {
    const all = new Set(rows.flatMap((one) => one.codes));
    return codes.filter((code) => all.has(code)).length;
  };
  const [old, now] = [known(of63), known(of34)];
  if (old === 0) return undefined;
  return now === old ? of34 : of63;
}
