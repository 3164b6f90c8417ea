/**
 * What the Ministry of Health's bulletins of August 2021 said, as newspapers printed it then. Nothing else of the
 * scenario is known: all other days, everything below a province, and beds, oxygen and tests are invented.
 */

/** The scenario lasts from 1 to 31 August 2021. */
export const OUTBREAK_DAYS = 31;

interface PrintedDay {
  /** Of August 2021. */
  readonly day: number;
  readonly cases?: number;
  /** Found on earlier days and added on this one: so many, in this province. */
  readonly earlier?: { readonly cases: number; readonly province: string };
  /** Of `cases`, those that came in from abroad and are of no province. */
  readonly imported?: number;
  /** Since the epidemic began, this day included. */
  readonly total?: number;
}

const BINH_DUONG = '74';

/** VNS; Thanh Niên; Hà Tĩnh 24h; Dân Trí; SGGP and Việt Báo; SGGP; Thanh Niên; VietnamPlus and VNS. */
export const printedDays: readonly PrintedDay[] = [
  { day: 1, cases: 8_620, total: 154_360 },
  { day: 10, cases: 8_390 },
  { day: 12, cases: 9_667, total: 246_568 },
  { day: 20, cases: 10_657, total: 323_268 },
  { day: 21, cases: 11_321, earlier: { cases: 2_118, province: BINH_DUONG }, total: 336_707 },
  { day: 23, total: 358_456 },
  { day: 25, total: 381_363 },
  { day: 31, cases: 12_607, imported: 16, total: 462_096 },
];

/** Deaths since the epidemic began: VNS on the 28th; on the 31st the bulletin still had those of the 30th. */
export const printedDeaths: readonly { readonly day: number; readonly total: number }[] = [
  { day: 28, total: 10_405 },
  { day: 30, total: 11_064 },
  { day: 31, total: 11_064 },
];

/** New cases of 31 August by province, in all 42 that had any: VNS. Together 12,591. */
export const casesOfLastDay: Readonly<Record<string, number>> = {
  ...{ 79: 5_444, 74: 4_530, 75: 634, 80: 587, 82: 214, 87: 138, 48: 123, 72: 118, 91: 99, 40: 81, '01': 77, 56: 66 },
  ...{ 77: 64, 60: 59, 92: 53, 44: 47, 51: 40, 46: 25, 54: 23, 70: 22, 89: 17, 66: 17, 84: 14, 83: 13, 93: 11 },
  ...{
    52: 8,
    38: 8,
    86: 7,
    25: 6,
    58: 6,
    14: 6,
    95: 5,
    20: 5,
    68: 4,
    67: 4,
    49: 3,
    45: 3,
    64: 3,
    62: 2,
    42: 2,
    37: 2,
    27: 1,
  },
};

/** Trà Vinh on that day: 14 in that list, 4 in Thanh Niên. */
export const disputedOfLastDay = { province: '84', cases: 4 } as const;
