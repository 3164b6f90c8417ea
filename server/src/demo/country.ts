import { Communes, Districts, Provinces } from 'vietnam-provinces-js';
import type { StoredList } from '../domain/organisation/ports.ts';
import type { RosterRow } from '../domain/organisation/roster.ts';
import type { Tier } from '../protocol/organisation.ts';

export const ROOT = 'vn';

export const tiers: readonly Tier[] = [
  { id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' },
  { id: 'province', rank: 1, name: 'Tỉnh, thành phố', nameEn: 'Province' },
  { id: 'district', rank: 2, name: 'Quận, huyện', nameEn: 'District' },
  { id: 'commune', rank: 3, name: 'Xã, phường, thị trấn', nameEn: 'Commune' },
];

/** Units that an official has saved under a name. */
export type NamedUnits = Pick<StoredList, 'name' | 'units'>;

/** The 19 southern provinces under the directive of August 2021, Ho Chi Minh City first. */
export const southern: NamedUnits = {
  name: '19 tỉnh, thành phố phía Nam',
  units: '79 74 75 80 72 77 82 83 84 86 87 89 91 92 93 94 95 96 70'.split(' '),
};

/**
 * The real country before July 2025: 63 provinces, 696 districts, 10,051 communes, with the codes of the General
 * Statistics Office (two, three and five digits, so they are unique across tiers). Five island districts have no
 * communes, so 10,056 units are expected.
 */
export async function countryRows(): Promise<RosterRow[]> {
  const [provinces, districts, communes] = await Promise.all([
    Provinces.getAllProvince(),
    Districts.getAllDistricts(),
    Communes.getAllCommunes(),
  ]);
  const rows = [
    { code: ROOT, parent: null, tier: 'nation', name: 'Việt Nam' },
    ...provinces.map((p) => ({ code: p.idProvince, parent: ROOT, tier: 'province', name: p.name })),
    ...districts.map((d) => ({ code: d.idDistrict, parent: d.idProvince, tier: 'district', name: d.name })),
    ...communes.map((c) => ({ code: c.idCommune, parent: c.idDistrict, tier: 'commune', name: c.name })),
  ];
  return rosterOf(rows, '2021-01-01');
}

/** @param since older than every event of the demo */
export const rosterOf = (
  rows: readonly Pick<RosterRow, 'code' | 'parent' | 'tier' | 'name'>[],
  since: string,
): RosterRow[] =>
  rows.map((row, i) => ({
    ...row,
    // A few names of the packages carry stray spaces.
    name: row.name.normalize('NFC').trim().replaceAll(/\s+/g, ' '),
    line: i + 1,
    validFrom: since,
    validTo: null,
  }));
