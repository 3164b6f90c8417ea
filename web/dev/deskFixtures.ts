import type {
  AttendanceRow,
  AttendanceVerdict,
  Directive,
  DirectiveCount,
  Follow,
  FollowState,
  Person,
  Role,
  Round,
  RoundCount,
} from '../src/api/contract.ts';
import { type Draft, emptyDraft } from '../src/directive/desk/draft.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, type Unit } from './country.ts';
import { lotOf, says, stateOf, verdictOf } from './fates.ts';
import { type Answers, directiveOf, followOf, receipt } from './officeFixtures.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const MINUTE = 60;

/** A directive that is being written, as the page keeps it. */
const draft: Draft = {
  ...emptyDraft(),
  title: 'Bảo đảm trực chốt 24/24 và chăm sóc người bệnh tại nhà',
  text: directiveOf(1, '').text,
  to: 'units',
  units: [
    { code: '79', name: 'Thành phố Hồ Chí Minh' },
    { code: '75', name: 'Tỉnh Đồng Nai' },
  ],
  except: [{ code: '787', name: 'Huyện Cần Giờ, Thành phố Hồ Chí Minh' }],
  deadline: directiveOf(1, '').deadline,
  attachments: [
    { sha256: 'e'.repeat(64), name: 'Cong-dien-1099-CD-TTg.pdf', type: 'application/pdf', size: 1_380_000 },
  ],
};

/** What the server would answer at the desks of officials. */
export async function deskAnswers({ api, session, channel }: BriefingTools, state: string): Promise<Answers> {
  const kept = `dh.directive.draft.${session.account.id}`;
  if (state === 'composed' || state === 'review') localStorage.setItem(kept, JSON.stringify(draft));
  else localStorage.removeItem(kept);
  const { units: rows } = await api.roster(session.account.unit.code);
  const units: readonly Unit[] = rows.map(([code, path, tier, name]) => ({ code, path, tier, name }));
  const communes = baseOf(units);
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const { briefing } = channel.state.get();
  const below = (root: Unit): readonly Unit[] => communes.filter(({ path }) => `${path}.`.startsWith(`${root.path}.`));
  const childrenOf = (root: Unit): readonly Unit[] =>
    units.filter(
      ({ path }) => path.startsWith(`${root.path}.`) && path.split('.').length === root.path.split('.').length + 1,
    );
  const root = (path: string): Unit => {
    const code = new URL(path, 'http://x').searchParams.get('root') ?? session.account.unit.code;
    return byCode.get(code) ?? (units[0] as Unit);
  };

  const issued: readonly Directive[] = [
    directiveOf(12, 'Bảo đảm trực chốt 24/24 và chăm sóc người bệnh tại nhà', { addressees: communes.length }),
    directiveOf(11, 'Rà soát danh sách hộ cần hỗ trợ lương thực', { addressees: communes.length, issuedAt: ago(1200) }),
    directiveOf(9, 'Báo cáo số ô-xy y tế còn lại ở trạm y tế xã', {
      addressees: communes.length,
      issuedAt: ago(90_000),
      state: 'recalled',
      why: 'Đã có Công điện 1102 hướng dẫn khác.',
    }),
  ];
  const countOf = (unit: Unit): DirectiveCount => {
    const inside = below(unit);
    const states: Partial<Record<FollowState, number>> = {};
    for (const commune of inside) states[stateOf(commune)] = (states[stateOf(commune)] ?? 0) + 1;
    const overdue = inside.filter((commune) => stateOf(commune) === 'read' && lotOf(commune.path) < 30).length;
    return {
      unit: unit.code,
      name: unit.name,
      addressees: inside.length,
      states,
      onTime: states.done ?? 0,
      late: 0,
      overdue,
      absentees: Math.round(inside.length * 0.04),
    };
  };
  const follow = (unit: Unit): Follow => {
    const state = stateOf(unit);
    const answered = ['acknowledged', 'in-progress', 'refused', 'done'].includes(state);
    return followOf(issued[0] as Directive, unit as never, {
      state,
      answeredAt: answered ? ago(lotOf(unit.code) * 7) : null,
      readAt: state === 'sent' ? null : ago(lotOf(unit.code) * 9),
      ...says[state],
    });
  };

  const attendance = (unit: Unit): AttendanceRow => {
    const verdict = verdictOf(unit);
    const lot = lotOf(unit.code);
    const share = verdict === 'present' ? 82 + (lot % 19) : verdict === 'partial' ? 20 + (lot % 50) : 0;
    const seen = share > 0;
    return {
      unit: unit.code,
      path: unit.path,
      name: unit.name,
      firstIn: seen ? ago(2900 - lot * 4) : null,
      lastOut: verdict === 'partial' ? ago(500) : null,
      seconds: share * 29,
      liveSeconds: Math.round(share * 24.67),
      share,
      quality: seen ? 100 - (lot % 23) : null,
      devices: seen ? 1 + (lot % 2) : 0,
      answered: seen ? lot % 29 !== 0 : false,
      measured: lot === 41 ? 'partial' : verdict,
      correction:
        lot === 41
          ? { verdict: 'present', reason: 'Dự họp cùng huyện vì mất điện.', by: 'Văn phòng Chính phủ', at: ago(300) }
          : null,
    };
  };
  const tally = (unit: Unit): Record<AttendanceVerdict, number> => {
    const counts = { present: 0, partial: 0, absent: 0, excused: 0 };
    for (const commune of below(unit)) counts[verdictOf(commune)]++;
    return counts;
  };
  const roundTotal: RoundCount = {
    unit: 'vn',
    expected: communes.length,
    called: 0,
    answered: Math.round(communes.length * 0.93),
    late: Math.round(communes.length * 0.02),
    substituted: Math.round(communes.length * 0.01),
    official: Math.round(communes.length * 0.005),
    excused: 0,
    unconfirmed: 0,
    absent: Math.round(communes.length * 0.035),
  };
  const round = {
    id: '00000000-0000-4000-a000-000000000001',
    briefing: briefing.id,
    nr: 1,
    question: 'Chủ tịch xã có mặt tại điểm cầu không?',
    scope: ['vn'],
    expected: communes.length,
    state: 'closed',
    openedAt: ago(2000),
    deadline: ago(1900),
    lateUntil: ago(1300),
    closedAt: ago(1300),
    repromptSeconds: 30,
    answerers: ['chair'],
    proof: 'tap',
    challenge: null,
    quorum: null,
    reopens: null,
    by: 'Văn phòng Chính phủ',
    version: 3,
  } satisfies Round;

  return [
    [
      /^\/api\/directives\/preview/,
      () => ({
        addressees: communes.length,
        sample: communes.slice(0, 5).map(({ name }) => name),
      }),
    ],
    [/^\/api\/directives\?box=above/, () => ({ directives: [] })],
    [/^\/api\/directives\?/, () => ({ directives: issued.map((directive) => ({ directive, follow: null })) })],
    [
      /\/board\?/,
      (path) => ({
        at: ago(1),
        counts: [root(path), ...childrenOf(root(path))]
          .map(countOf)
          .filter(({ addressees }, i) => i === 0 || addressees > 0),
      }),
    ],
    [
      /\/states\?/,
      (path) => ({
        at: ago(1),
        units: below(root(path)).map((commune) => {
          const state = stateOf(commune);
          return [commune.path, state, state === 'read' && lotOf(commune.path) < 30 ? 'overdue' : 'none'];
        }),
      }),
    ],
    [
      /\/follows\?/,
      (path) => {
        const query = new URL(path, 'http://x').searchParams;
        const found = below(root(path))
          .map(follow)
          .filter(({ state }) => !query.get('state') || state === query.get('state'));
        return { follows: found.slice(0, 50), total: found.length, next: null };
      },
    ],
    [
      /\/attendance\?/,
      (path) => {
        const query = new URL(path, 'http://x').searchParams;
        const inside = below(root(path)).filter(
          (unit) => !query.get('verdict') || verdictOf(unit) === query.get('verdict'),
        );
        return {
          at: ago(2),
          rule: { percent: 80, lastRound: true },
          liveSeconds: 2467,
          counts: tally(root(path)),
          rows: inside.slice(0, Math.min(100, Number(query.get('limit')))).map(attendance),
          total: inside.length,
          next: null,
        };
      },
    ],
    [
      /\/attendance\/[^/]+$/,
      (path) => {
        const unit = byCode.get(path.split('/').at(-1) ?? '') ?? (communes[0] as Unit);
        const row = attendance(unit);
        const minutes = Array.from({ length: 41 }, (_, i) => i).filter((i) => i < 12 || i > 17);
        return {
          row: {
            ...row,
            correction: {
              verdict: 'present',
              reason: 'Dự họp cùng huyện vì mất điện.',
              by: 'Văn phòng Chính phủ',
              at: ago(300),
            },
          },
          openedAt: ago(50 * MINUTE),
          liveAt: ago(41 * MINUTE),
          until: ago(2),
          intervals: [
            { line: 'channel', from: ago(48 * MINUTE), to: ago(29 * MINUTE), cut: false },
            { line: 'channel', from: ago(23 * MINUTE), to: null, cut: false },
            { line: 'media', from: ago(44 * MINUTE), to: ago(29 * MINUTE), cut: true },
            { line: 'media', from: ago(23 * MINUTE), to: ago(9 * MINUTE), cut: false },
            { line: 'media', from: ago(8 * MINUTE), to: null, cut: false },
          ],
          quality: minutes.map((i) => ({ at: ago((41 - i) * MINUTE), percent: i % 9 === 4 ? 35 : 100 - (i % 4) * 5 })),
          corrections: [
            {
              verdict: 'present',
              reason: 'Dự họp cùng huyện vì mất điện.',
              by: 'Văn phòng Chính phủ',
              at: ago(300),
              receipt,
            },
          ],
        };
      },
    ],
    [
      /\/shown\//,
      () => ({
        shown: [
          { unit: null, name: null, from: ago(44 * MINUTE), to: ago(30 * MINUTE) },
          { unit: '01', name: 'Thành phố Hà Nội', from: ago(30 * MINUTE), to: ago(12 * MINUTE) },
          { unit: null, name: null, from: ago(12 * MINUTE), to: null },
        ],
      }),
    ],
    [/\/sessions$/, () => ({ sessions })],
    [
      /^\/api\/reports/,
      () => ({
        id: '00000000-0000-4000-a000-000000000009',
        state: 'running',
        rows: 6_400,
        total: communes.length,
        fileName: 'co-mat.xlsx',
        message: null,
      }),
    ],
    [
      /\/minutes$/,
      () => ({
        ...{ state: 'ready', extract: null },
        sessions: sessions.map((session, i) => ({ ...session, speeches: 4 - i })),
        speeches: [
          speech('vn', 'Thủ tướng Chính phủ', 'principal', { name: 'Nguyễn Văn An', title: 'Thủ tướng' }, 2_467, 2_467),
          speech('26734', 'Phường Tân Định', 'seat', { name: 'Lê Thị Bé', title: 'Chủ tịch' }, 700, 367),
          speech('vn', 'Văn phòng Chính phủ', 'moderator', null, 200, 61),
        ],
        seal: { chain: receipt.chain, nr: 10_318, at: ago(0), hash: '3f2a91bc'.repeat(8) },
      }),
    ],
    [
      /\/summary$/,
      () => ({
        at: ago(0),
        briefing,
        rule: { percent: 80, lastRound: true },
        liveSeconds: 2467,
        territories: [units[0] as Unit, ...childrenOf(units[0] as Unit)].map((unit) => ({
          unit: unit.code,
          name: unit.name,
          expected: below(unit).length,
          came: below(unit).filter((commune) => verdictOf(commune) !== 'absent').length,
          attendance: tally(unit),
        })),
        rounds: [
          { round, total: roundTotal },
          {
            round: {
              ...{ ...round, id: receiptId(2), nr: 2, question: 'Giường trống: bao nhiêu giường?', openedAt: ago(900) },
              number: {
                label: 'Giường trống',
                unit: 'giường',
                scale: 0,
                min: 0,
                max: 5_000,
                soft: null,
                indicator: null,
              },
            },
            total: roundTotal,
            sum: {
              ...{ unit: 'vn', value: 41_207 },
              coverage: {
                ...{ expected: communes.length, fresh: roundTotal.answered, late: roundTotal.late, held: 3 },
                ...{ none: roundTotal.absent, stale: 0, contested: 0 },
              },
            },
          },
        ],
        calls: [
          { unitName: 'Xã Tân Phú', state: 'accepted', at: ago(700), answerSeconds: 6 },
          { unitName: 'Phường Bến Nghé', state: 'timed-out', at: ago(400), answerSeconds: null },
        ],
        directives: issued.map((directive) => ({ directive, total: countOf(units[0] as Unit) })),
        questions: { asked: 412, air: 6, written: 21, declined: 88, open: 297 },
      }),
    ],
  ];
}

/** Rooms that two provinces held, the second twice. */
const sessions = [
  { unit: '79', name: 'Thành phố Hồ Chí Minh', times: [{ from: ago(2400), to: ago(1500) }] },
  {
    ...{ unit: '74', name: 'Tỉnh Bình Dương' },
    times: [
      { from: ago(2400), to: ago(1980) },
      { from: ago(1700), to: ago(1500) },
    ],
  },
];

const speech = (unit: string, name: string, role: Role, person: Person | null, began: number, seconds: number) => {
  return { unit, path: 'vn', name, role, person, from: ago(began), to: ago(began - seconds), seconds };
};

const receiptId = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
