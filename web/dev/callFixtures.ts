import type { Call, CallHit } from '../src/api/contract.ts';
import { fold, matches } from '../src/organisation/nameSearch.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import type { Answers } from './officeFixtures.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const account = { account: id(1), name: 'Thủ tướng Chính phủ', role: 'principal' } as const;
const call = (n: number, seconds: number, state: Call['state'], more: Partial<Call> = {}): Call => ({
  ...{ id: id(900 + n), briefing: id(1), unit: '26734', unitName: 'Phường Tân Định', path: 'vn.79.760.26734', state },
  ...{ caller: account, ringingAt: ago(seconds), deadline: ago(seconds - 30), answeredAt: null },
  ...{ endedAt: ago(seconds - 30), why: null, identity: null },
  ...more,
});

/** Hits in each state that there is, calls with each outcome, and whom to ring. */
export function callAnswers({ api, channel }: BriefingTools): Answers {
  const { scope } = channel.state.get().briefing;
  const known = new Map<string, CallHit>();
  const look = (
    hit: { code: string; path: string; tier: string; name: string; within: string },
    i: number,
  ): CallHit => {
    const outside = !scope.some((path) => `${hit.path}.`.startsWith(`${path}.`)) || i > 5;
    const callable = outside ? 'outside' : i < 3 ? 'now' : 'absent';
    const camera = i === 1 ? 'missing' : 'ready';
    const seen: CallHit = {
      ...{ ...hit, callable, presence: callable === 'now' ? 'here' : i === 3 ? 'gone' : 'never' },
      ...{ lastSeen: i === 3 ? ago(3_000) : null, line: callable === 'now' ? (i === 2 ? 'weak' : 'good') : null },
      equipment: callable === 'now' ? { camera, microphone: 'ready' } : null,
    };
    known.set(hit.code, seen);
    return seen;
  };
  let all: Awaited<ReturnType<typeof api.searchUnits>> = [];
  void api.roster('vn').then(({ units }) => {
    const names = new Map(units.map(([code, , , name]) => [code, name]));
    all = units
      .filter(([, path]) => path.split('.').length > 2)
      .map(([code, path, tier, name]) => {
        const above = path.split('.').slice(1, -1).reverse();
        return { code, path, tier, name, within: above.map((c) => names.get(c)).join(', ') };
      });
  });
  const found = (path: string): readonly CallHit[] => {
    const q = new URL(path, 'http://x').searchParams.get('q') ?? '';
    return all.filter(({ name }) => matches(fold(name), q)).map(look);
  };
  const people = [
    { name: 'Nguyễn Văn Hoà', title: 'Chủ tịch UBND', telephone: '0912 345 678', deputy: false },
    { name: 'Trần Thị Mai', title: 'Phó Chủ tịch UBND', telephone: '0987 654 321', deputy: true },
  ];
  return [
    [
      /\/callable\?/,
      (path) => {
        const hits = found(path);
        return { units: hits.slice(0, 12), total: hits.length };
      },
    ],
    [
      /\/callable\/[^?]+$/,
      (path) => {
        const unit = known.get(path.slice(path.lastIndexOf('/') + 1));
        const near = [...known.values()].filter(({ callable }) => callable === 'now');
        const seats = [{ name: 'Trần Thị Lan, Phó Chánh Văn phòng', role: 'moderator' }];
        return {
          unit,
          officials: near.slice(0, 1).map((hit) => ({ unit: hit, seats })),
          neighbours: near.slice(1, 3),
        };
      },
    ],
    [
      /\/contacts$/,
      (path) => ({ unit: path.split('/')[3], telephone: '028 3829 1234', people, version: 1, changedAt: ago(90_000) }),
    ],
    [
      /\/briefings\/[^/]+\/calls$/,
      () => ({
        calls: [
          call(1, 200, 'refused', { why: 'emergency-at-hand', answeredAt: ago(180) }),
          call(2, 900, 'not-connected', {
            ...{
              unitName: 'Phường Bến Nghé',
              unit: '26740',
              seen: { at: ago(300), identity: 'x', name: 'UBND phường Bến Nghé' },
            },
          }),
          call(3, 1_500, 'ended', { answeredAt: ago(1_480), identity: 'x' }),
        ],
      }),
    ],
  ];
}

/** Of a commune that was looked for while it was away. */
export const missedAnswers = (state: string): Answers => [
  [/\/calls\/missed$/, () => ({ calls: state === 'missed' ? [call(4, 2_400, 'not-connected')] : [] })],
];
