/** A part of the table of figures for one month, which comes and goes while the server runs (FG53). */
const MONTH = /^table public\.observations_(\d{4})_(\d{2})(?=,|$)/;
const ANY = '{month}';
const ofMonth = `table public.observations_${ANY}`;
/**
 * PostgreSQL names indexes and their constraints by what is free at that moment, and a month that was put in the place of
 * another keeps the names of its own (FG36): so they are told by what they are.
 */
const NAMED_BY_POSTGRESQL = /^table public\.observations_\{month\}, (index|constraint) (observations_\{month\}_\w+)$/;
const BOUNDS = '{its month}';

/**
 * Parts of months told as one: what most of them have stands under `{month}`; only what one of them has otherwise, or
 * has not, stands under its own name.
 */
export function likeOthers(parts: Readonly<Record<string, string>>): Record<string, string> {
  const others: Record<string, string> = {};
  const months = new Map<string, Map<string, string>>();
  for (const [name, says] of Object.entries(parts)) {
    const [, year = '', month = ''] = MONTH.exec(name) ?? [];
    if (!year) {
      others[name] = says;
      continue;
    }
    const own = `${year}_${month}`;
    const of = months.get(own) ?? new Map<string, string>();
    months.set(own, of);
    const [part, definition] = [anyMonth(name, own), anyMonth(withoutBounds(says, Number(year), Number(month)), own)];
    const [, kind, called = ''] = NAMED_BY_POSTGRESQL.exec(part) ?? [];
    if (kind === undefined) of.set(part, definition);
    else of.set(`${ofMonth}, ${kind}: ${definition.replaceAll(called, '{its name}')}`, 'there');
  }
  const names = new Set([...months.values()].flatMap((of) => [...of.keys()]));
  for (const name of names) {
    const usual = mostOf([...months.values()].map((of) => of.get(name)));
    if (usual !== undefined) others[name] = usual;
    for (const [own, of] of months) {
      const says = of.get(name);
      if (says !== usual) others[name.replaceAll(ANY, own)] = says ?? 'gone';
    }
  }
  return others;
}

const anyMonth = (text: string, own: string): string => text.replaceAll(`${own}_next_`, `${own}_`).replaceAll(own, ANY);

/** Months begin seven hours before they do in UTC. */
function withoutBounds(says: string, year: number, month: number): string {
  const at = (months: number): string =>
    `${new Date(Date.UTC(year, month - 1 + months) - 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}+00`;
  return says.replace(`FOR VALUES FROM ('${at(0)}') TO ('${at(1)}')`, BOUNDS);
}

/** The value that most have, the least of several. */
function mostOf(values: readonly (string | undefined)[]): string | undefined {
  const counted = new Map<string | undefined, number>();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  return [...counted].sort(([a, n], [b, m]) => m - n || (String(a) < String(b) ? -1 : 1))[0]?.[0];
}
