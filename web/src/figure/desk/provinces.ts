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
}
const hoangSa: Archipelago = { name: 'Hoàng Sa', province: '48' };
const truongSa: Archipelago = { name: 'Trường Sa', province: '56' };

/** The 63 provinces until June 2025. */
export const of63: readonly MapRow[] = [
  row(0.04, 0.7, '12 10 02 04'),
  row(0, 0.84, '11 15 08 06 20'),
  row(0.02, 0.94, '14 25 26 19 24 22'),
  row(0.06, 0.94, '17 01 27 33 30 31'),
  row(0.06, 0.86, '38 37 35 36 34'),
  row(0.1, 0.62, '40 42 44'),
  row(0.38, 0.72, '45 46 48', hoangSa),
  row(0.4, 0.78, '62 49 51'),
  row(0.42, 0.82, '64 52 54'),
  row(0.42, 0.8, '67 66 56'),
  row(0.3, 0.76, '70 68 58'),
  row(0.2, 0.72, '72 74 75 60', truongSa),
  row(0.04, 0.74, '89 87 80 79 77'),
  row(0, 0.62, '91 92 86 82 83'),
  row(0.06, 0.56, '96 95 93 94 84'),
];

/** The 34 provinces since July 2025. */
export const of34: readonly MapRow[] = [
  row(0, 0.74, '12 15 08 04'),
  row(0, 0.84, '11 14 19 20'),
  row(0.12, 0.94, '25 01 24 22'),
  row(0.3, 0.9, '37 33 31'),
  row(0.16, 0.52, '38'),
  row(0.14, 0.56, '40 42'),
  row(0.36, 0.66, '44 46'),
  row(0.46, 0.78, '48 51', hoangSa),
  row(0.46, 0.82, '52'),
  row(0.44, 0.84, '66 56'),
  row(0.3, 0.78, '75 68'),
  row(0.1, 0.66, '80 79', truongSa),
  row(0.02, 0.56, '91 82 86'),
  row(0.06, 0.46, '96 92'),
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
