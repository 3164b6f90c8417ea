import { UnitIndex } from '../../../src/domain/organisation/UnitIndex.ts';
import type { BriefingActor } from '../../../src/domain/shared/actor.ts';
import type { Unit } from '../../../src/protocol/organisation.ts';
import { otherDevice, person } from '../floorPeople.ts';

/** Of two worlds by one seed all names are the same. */
const uuid = (number: number) => `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;

export const briefingIds: readonly string[] = [uuid(1), uuid(2)];
export const ROOT = 'vn';
const PROVINCE = `${ROOT}.79`;

/** Who is asked in each briefing. */
const communes = [
  ['00001', '00002', '00003', '00004'],
  ['00005', '00006'],
].map((codes) => codes.map((unit) => ({ unit, path: `${PROVINCE}.${unit}` })));

export const expectedIn = (briefing: string) => communes[briefingIds.indexOf(briefing)] ?? [];

const unitOf = (path: string, tier: string): Unit => {
  const [code = '', parent = null] = path.split('.').reverse();
  return { code, path, parent, tier, name: `Unit ${code}`, validFrom: '2025-07-01', validTo: null };
};

const tiers = ['nation', 'province', 'commune'].map((id, rank) => ({ id, rank, name: id, nameEn: id }));

const index = new UnitIndex('1', tiers, [
  unitOf(ROOT, 'nation'),
  unitOf(PROVINCE, 'province'),
  ...communes.flat().map(({ path }) => unitOf(path, 'commune')),
]);

/** The roster of all worlds. */
export const units = {
  index,
  get: (code: string): Unit => {
    const unit = index.find(code);
    if (!unit) throw new Error(`there is no unit ${code}`);
    return unit;
  },
  name: (code: string) => index.find(code)?.name,
  path: (code: string) => index.find(code)?.path,
  namesAbove: () => '',
};

const seats = briefingIds.map((briefing, i) =>
  expectedIn(briefing).map(({ path }, j) => person(briefing, 'seat', path, uuid(100 * (i + 1) + j))),
);

/** Who calls and asks. */
export const officials: readonly BriefingActor[] = briefingIds.flatMap((briefing, i) => [
  person(briefing, 'principal', ROOT, uuid(10 + i)),
  person(briefing, 'moderator', PROVINCE, uuid(20 + i)),
]);

/** Who is called and asked; two units have two devices each. */
export const communePeople: readonly BriefingActor[] = [
  ...seats.flat(),
  ...seats.flatMap(([first]) => (first ? [otherDevice(first)] : [])),
];
