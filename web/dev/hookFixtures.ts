import type { Hook, HookFailures } from '../src/api/contract.ts';
import type { Answers } from './officeFixtures.ts';

const id = (n: number): string => `00000000-0000-4000-b000-${String(n).padStart(12, '0')}`;
const after = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const hookOf = (n: number, name: string, more: Partial<Hook>): Hook => ({
  ...{ id: id(n), name, url: 'https://truc.vpcp.example/dieu-hanh', territory: { code: 'vn', name: 'Chính phủ' } },
  events: ['directive.given', 'directive.acknowledged', 'directive.overdue', 'round.closed', 'figure.complete'],
  ...{ state: 'active', stopped: null, madeAt: after(-900_000), by: 'Quản trị hệ thống', oldUntil: null },
  ...{ waiting: 0, failed: 0, lastDelivered: after(-42) },
  ...more,
});

const failures: HookFailures = {
  failures: [
    {
      ...{ hook: id(2), event: 'directive-given-7', kind: 'directive.given', at: after(-700), attempts: 4 },
      ...{ lastAt: after(-30), fault: 'status', status: 503, nextAt: after(570) },
    },
    {
      ...{ hook: id(2), event: 'round-closed-3', kind: 'round.closed', at: after(-300_000), attempts: 12 },
      ...{ lastAt: after(-30_000), fault: 'timeout', status: null, nextAt: null },
    },
  ],
  more: false,
};

/** What the server says of webhooks. */
export const hookAnswers: Answers = [
  [
    /^\/api\/hooks$/,
    () => ({
      hooks: [
        hookOf(1, 'Trục liên thông văn bản quốc gia', {}),
        hookOf(2, 'Tổng đài tin nhắn của Thành phố', {
          ...{ territory: { code: '79', name: 'Thành phố Hồ Chí Minh' }, events: ['directive.given', 'round.closed'] },
          ...{ url: 'https://10.20.30.40:8443/nhan', waiting: 12, failed: 1, oldUntil: after(80_000) },
        }),
        hookOf(3, 'Hệ thống thử', { state: 'stopped', stopped: 'gone', lastDelivered: null }),
      ],
    }),
  ],
  [/^\/api\/hooks\/.*2\/failures$/, () => failures],
  [/^\/api\/hooks\/.*\/failures$/, () => ({ failures: [], more: false })],
];
