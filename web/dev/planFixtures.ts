import type { AccountsAnswer, Briefing, DoneAct, ReadinessCount, ReadinessRow } from '../src/api/contract.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, type Unit, withinOf } from './country.ts';
import { lotOf } from './fates.ts';
import type { Answers } from './officeFixtures.ts';

const id = (n: number): string => `00000000-0000-4000-b000-${String(n).padStart(12, '0')}`;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const HOUR = 3600;

/** What is planned, as an official sees it. */
export function briefingsOf({ channel }: BriefingTools, state: string): readonly Briefing[] {
  const { briefing } = channel.state.get();
  const coming: Briefing = {
    ...briefing,
    ...{ id: id(31), state: 'scheduled', scheduledAt: ago(-26 * HOUR), openedAt: null, liveAt: null },
    title: 'Giao ban phòng, chống bão số 12 với các tỉnh ven biển',
    expected: 4_812,
  };
  if (state === 'schedule-none') return [];
  return [
    coming,
    { ...coming, id: id(32), title: `Chạy thử: ${briefing.title}`, state: 'open', openedAt: ago(60), rehearsal: true },
    {
      ...coming,
      ...{ id: id(33), title: 'Hội nghị triển khai tiêm chủng mở rộng năm 2027', scheduledAt: ago(-99 * HOUR) },
      notice: { kind: 'moved', reason: 'Thủ tướng đi kiểm tra vùng lũ', from: ago(-75 * HOUR), at: ago(600) },
    } as Briefing,
  ];
}

/** What the server would answer about plans, devices that were tried, and people. */
export async function planAnswers({ api, session }: BriefingTools, state: string): Promise<Answers> {
  const { units: rows } = await api.roster('vn');
  const units: readonly Unit[] = rows.map(([code, path, tier, name]) => ({ code, path, tier, name }));
  const communes = baseOf(units);
  const stateOf = (unit: Unit): ReadinessRow['state'] => {
    if (state === 'readiness-none') return 'never';
    const lot = lotOf(unit.code);
    return lot < 58 ? 'ready' : lot < 66 ? 'weak' : lot < 72 ? 'lacking' : 'never';
  };
  const count = (unit: Unit): ReadinessCount => {
    const counts = { ready: 0, weak: 0, lacking: 0, never: 0 };
    const inside = communes.filter(({ path }) => `${path}.`.startsWith(`${unit.path}.`));
    for (const commune of inside) counts[stateOf(commune)]++;
    return { unit: unit.code, name: unit.name, expected: inside.length, ...counts };
  };
  const row = (unit: Unit): ReadinessRow => {
    const tried = stateOf(unit);
    const line = tried === 'weak' ? { downKbps: 310, upKbps: 120 } : { downKbps: 18_400, upKbps: 6_200 };
    return {
      ...{ unit: unit.code, path: unit.path, name: unit.name, above: withinOf(unit, units), state: tried },
      check:
        tried === 'never'
          ? null
          : {
              ...{ camera: tried !== 'lacking', microphone: true, voice: true, sound: lotOf(unit.code) % 5 > 0 },
              ...{ ...line, at: ago(5_400), browser: 'Chrome 140' },
            },
      contact: lotOf(unit.code) % 7 === 0 ? null : { name: 'Nguyễn Văn Hoà', telephone: '0912 345 678' },
    };
  };
  const link = { bound: true, password: false, issuedAt: ago(90_000), lastUsedAt: ago(4_000), expiresAt: null };
  const inUnit = (path: string): Unit =>
    units.find(({ code }) => code === new URL(path, 'http://x').searchParams.get('unit')) ?? (units[0] as Unit);
  const accounts = (unit: Unit): AccountsAnswer => [
    {
      ...{ id: id(41), name: `UBND ${unit.name}`, role: 'seat', unit, disabled: false, login: null },
      links: [{ ...link, id: id(51) }],
      sessions: [{ id: 's'.repeat(16), since: ago(4_000), until: ago(-90_000), byLink: true, byCode: false }],
    },
    {
      ...{ id: id(42), name: 'Phòng Văn hoá – Xã hội', role: 'seat', unit, disabled: true, login: 'vhxh.tanphu' },
      ...{ links: [], sessions: [] },
    },
  ];
  const by = { id: session.account.id, name: session.account.name };
  const acts = (unit: string): DoneAct[] => [
    { id: id(61), at: ago(4_000), by, unit, what: { act: 'link.issued', name: 'UBND xã Tân Phú', role: 'seat' } },
    { id: id(62), at: ago(90_000), by, unit, what: { act: 'contacts.changed', people: 2 } },
    { id: id(63), at: ago(180_000), by: null, unit, what: { act: 'seats.made', accounts: 12, links: 12 } },
  ];
  const url = 'https://dieuhanh.example.gov.vn/#l=aQ3w8c5m2VtPz0rLk9sXeYb4hUjNfGdT';
  const told = {
    id: id(71),
    state: 'making',
    done: Math.ceil(communes.length * 0.64),
    of: communes.length,
    issued: 0,
    fileName: 'giay-moi.pdf',
  };
  return [
    [
      /\/readiness\?/,
      (path) => {
        const wanted = new URL(path, 'http://x').searchParams.get('state');
        const found = communes.filter((unit) => !wanted || stateOf(unit) === wanted).slice(0, 50);
        const tops = units.filter(({ path: p }) => p.split('.').length === 2);
        return { counts: [units[0] as Unit, ...tops].map(count), rows: found.map(row), next: null };
      },
    ],
    [/\/producers$/, () => ({ producers: [{ ...by, unit: 'vn', unitName: 'Chính phủ' }] })],
    [/^\/api\/accounts\?/, (path) => ({ accounts: accounts(inUnit(path)) })],
    [/\/api\/accounts\/[^/]+\/(password-)?links$/, () => ({ linkId: id(52), url })],
    [/^\/api\/people-acts/, (path) => ({ acts: acts(inUnit(path).code) })],
    [
      /\/seats$/,
      () => ({
        made: 3,
        links: communes.slice(0, 7).map((unit, i) => ({
          ...{ unit: unit.code, name: `UBND ${unit.name}`, within: withinOf(unit, units), url: `${url}${i}` },
        })),
      }),
    ],
    [/\/briefings\/[^/]+\/invitations\?/, () => ({ units: told.of, links: 3, noSeat: 0, begins: ago(-3600) })],
    [/\/invitations/, () => told],
    [
      /^\/api\/screens/,
      () => {
        const paired = { by: by.name, until: ago(-86_400) };
        return {
          screens: [
            { ...paired, id: id(81), name: 'Hội trường A', pairedAt: ago(86_400), here: true, layout: 'map' },
            { ...paired, id: id(82), name: 'Phòng họp tầng 3', pairedAt: ago(900), here: false, layout: 'columns' },
          ],
        };
      },
    ],
    [/\/decks$/, () => ({ decks: [] })],
  ];
}
