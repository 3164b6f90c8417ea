import { readFile } from 'node:fs/promises';
import { countryRows, southern } from '../../server/src/demo/country.ts';
import { countryRowsSince2025 } from '../../server/src/demo/countrySince2025.ts';
import type { PlannedEvent as Event } from '../../server/src/domain/nodes/capacity/capacity.ts';
import { parseRoster } from '../../server/src/domain/organisation/rosterCsv.ts';

type Provinces = Event['provinces'];

/** Events that were held, or are to be; the numbers are devices. */
export const profiles: Readonly<Record<string, { readonly about: string; provinces(): Promise<Provinces> }>> = {
  '2594': {
    about: '2 September 2021: 2,594 points of the 19 southern provinces, by the size of each',
    provinces: async () => scaled(byProvince(await countryRows(), southern.units), 2_594),
  },
  '10051': {
    about: 'every commune of the country before July 2025, in 63 provinces',
    provinces: async () => byProvince(await countryRows()),
  },
  '3321': {
    about: 'every commune since July 2025, in 34 provinces',
    provinces: async () => byProvince(await countryRowsSince2025()),
  },
};

export const evenly = (devices: number, provinces: number): Provinces =>
  scaled(
    Array.from({ length: provinces }, (_, i) => ({ name: `${i + 1}`, devices: 1 })),
    devices,
  );

/** A roster as `dh roster export` writes it. @throws RosterRefused */
export const ofRoster = async (path: string): Promise<Provinces> =>
  byProvince(parseRoster(await readFile(path, 'utf8')));

/** Units without units below them, by the unit under the root that they belong to. */
function byProvince(
  rows: readonly { readonly code: string; readonly parent: string | null; readonly name: string }[],
  only?: readonly string[],
): Provinces {
  const parents = new Map(rows.map(({ code, parent }) => [code, parent]));
  const inner = new Set(parents.values());
  const count = new Map<string, number>();
  for (const { code } of rows) {
    if (inner.has(code)) continue;
    const path = [code];
    for (let up = parents.get(code); up !== undefined && up !== null; up = parents.get(up)) path.push(up);
    const province = path.at(-2) ?? code;
    count.set(province, (count.get(province) ?? 0) + 1);
  }
  const wanted = only ?? [...count.keys()];
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  return wanted.map((code) => ({ name: names.get(code) ?? code, devices: count.get(code) ?? 0 }));
}

/** As many in all, shared by the sizes that they have; each share is a whole number. */
export function scaled(provinces: Provinces, wanted: number): Provinces {
  const all = provinces.reduce((sum, { devices }) => sum + devices, 0);
  let [before, given] = [0, 0];
  return provinces.map(({ name, devices }) => {
    before += devices;
    const upTo = Math.round((wanted * before) / all);
    const share = upTo - given;
    given = upTo;
    return { name, devices: share };
  });
}
