import { countryRows } from '../country.ts';
import type { Reporter } from './scenario.ts';

/** Every unit of the demo's country that has none below it, in the order of codes: whom the scenarios are told of. */
export async function reportersOfDemo(): Promise<Reporter[]> {
  const rows = await countryRows();
  const parents = new Map(rows.map(({ code, parent }) => [code, parent]));
  const above = new Set(parents.values());
  const provinceOf = (code: string): string => {
    const parent = parents.get(code);
    return parent === undefined || parent === null || parents.get(parent) === null ? code : provinceOf(parent);
  };
  return rows
    .filter(({ code }) => !above.has(code))
    .map(({ code }) => ({ code, province: provinceOf(code) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
