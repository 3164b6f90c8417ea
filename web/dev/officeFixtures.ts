import type { Briefing, Directive, DirectiveItem, Follow, FollowState, Receipt, Session } from '../src/api/contract.ts';
import type { InboxState } from '../src/directive/seat/Inbox.ts';
import type { InboxTools } from '../src/directive/seat/InboxContext.tsx';
import { Store } from '../src/lib/Store.ts';
import type { Office } from '../src/session/OfficeContext.tsx';
import type { OutboxTools } from '../src/session/OutboxContext.tsx';
import { slideFile } from './slideFixtures.ts';

/** What the server answers, at once or a moment later, by the path that is asked for. */
export type Answers = readonly (readonly [path: RegExp, answer: (path: string) => unknown])[];

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
/** 17:00 of a day, as deadlines are. */
const closeOf = (days: number): string => {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(17, 0, 0, 0);
  return at.toISOString();
};

export const receipt: Receipt = {
  chain: 'briefing:00000000-0000-4000-8000-000000000005',
  seal: 41,
  leaf: 3,
  leaves: 12,
  table: 'directive_act',
  record: { act: 'acknowledge' },
  path: ['a'.repeat(64), 'b'.repeat(64)],
  previous: 'c'.repeat(64),
  at: ago(40),
  hash: 'd'.repeat(64),
};

export function directiveOf(number: number, title: string, more: Partial<Directive> = {}): Directive {
  return {
    id: id(number),
    number,
    year: new Date().getFullYear(),
    issuer: { unit: 'vn', path: 'vn', name: 'Chính phủ' },
    by: 'Thủ tướng Chính phủ',
    title,
    text: TEXT,
    attachments: [],
    addressees: 10_056,
    deadline: closeOf(0),
    issuedAt: ago(160),
    briefing: '00000000-0000-4000-8000-000000000005',
    second: 2307,
    state: 'issued',
    why: null,
    supersedes: null,
    supersededBy: null,
    ...more,
  };
}

const TEXT = `1. Chủ tịch xã trực tiếp chỉ đạo các chốt kiểm soát trên địa bàn, bảo đảm trực đủ 24 giờ trong ngày, không để đứt gãy việc vận chuyển hàng thiết yếu.

2. Trạm y tế xã lập danh sách người cần chăm sóc tại nhà, phân công người gọi điện ít nhất hai lần mỗi ngày, và báo ngay khi có ca trở nặng.

3. Báo cáo kết quả về Văn phòng Chính phủ trước thời hạn. Xã nào thiếu người, thiếu vật tư thì báo rõ số lượng để tỉnh điều phối.`;

export function followOf(directive: Directive, unit: Session['account']['unit'], more: Partial<Follow> = {}): Follow {
  return {
    directive: directive.id,
    unit: unit.code,
    path: unit.path,
    unitName: unit.name,
    state: 'delivered',
    axis: '01',
    timing: 'none',
    absentee: false,
    deliveredAt: ago(150),
    readAt: null,
    answeredAt: null,
    doneAt: null,
    name: null,
    words: null,
    promised: null,
    report: null,
    question: null,
    reply: null,
    ...more,
  };
}

const words = {
  name: 'Nguyễn Văn Minh',
  words: 'Công an xã và dân quân trực chốt đủ 24 giờ, anh Hùng phụ trách; trạm y tế gọi điện từng nhà.',
  answeredAt: ago(60),
};

/** What the commune has to do, by the state of the scene. */
function inboxOf(state: string, unit: Session['account']['unit']): Partial<InboxState> {
  const first = directiveOf(12, 'Bảo đảm trực chốt 24/24 và chăm sóc người bệnh tại nhà', {
    attachments: [
      { sha256: 'e'.repeat(64), name: 'Cong-dien-1099-CD-TTg.pdf', type: 'application/pdf', size: 1_380_000 },
      { sha256: 'f'.repeat(64), name: 'Mau-bao-cao.xlsx', type: 'application/vnd.ms-excel', size: 24_000 },
    ],
  });
  const second = directiveOf(11, 'Rà soát danh sách hộ cần hỗ trợ lương thực', {
    deadline: closeOf(2),
    issuedAt: ago(90_000),
  });
  const third = directiveOf(9, 'Báo cáo số ô-xy y tế còn lại ở trạm y tế xã', {
    deadline: closeOf(-1),
    issuedAt: ago(190_000),
  });
  const standing = (s: FollowState, more: Partial<Follow> = {}): Map<string, DirectiveItem & { follow: Follow }> =>
    new Map([
      [first.id, { directive: first, follow: followOf(first, unit, { state: s, ...more }) }],
      [second.id, { directive: second, follow: followOf(second, unit, { state: 'in-progress', ...words }) }],
      [
        third.id,
        { directive: third, follow: followOf(third, unit, { state: 'acknowledged', timing: 'overdue', ...words }) },
      ],
    ]);
  switch (state) {
    case 'directive':
    case 'sheet':
    case 'answer':
      return { items: standing('read', { readAt: ago(100) }) };
    case 'arrived':
      return { items: standing('delivered') };
    case 'unsent':
      return { items: standing('read', { readAt: ago(100) }), unsent: new Map([[first.id, 'acknowledge']]) };
    case 'recorded':
      return {
        items: standing('acknowledged', words),
        recorded: new Map([[first.id, { act: 'acknowledge', receipt }]]),
      };
    case 'asked':
      return {
        items: standing('read', {
          question: 'Xã chỉ có 6 công an, có được huy động dân quân không?',
          reply: 'Được. Huy động dân quân theo kế hoạch của ban chỉ huy quân sự huyện.',
        }),
      };
    case 'recall': {
      const items = standing('recall-asked', words);
      const taken = { ...first, state: 'recalled' as const, why: 'Đã có Công điện 1102 hướng dẫn khác.' };
      return {
        items: items.set(first.id, {
          directive: taken,
          follow: followOf(taken, unit, { state: 'recall-asked', ...words }),
        }),
      };
    }
    default:
      return {};
  }
}

/**
 * What pages have in and out of a briefing, without a server. @param answers of the desks of officials, by the
 * beginning of the path
 */
export function officeOf(
  session: Session,
  answers: Answers,
  api: Pick<Office['api'], 'roster' | 'searchUnits' | 'lists'>,
  briefings: readonly Briefing[] = [],
): Office {
  const history = {
    acts: [
      ['issue', 160, 'Thủ tướng Chính phủ', null],
      ['delivered', 150, null, null],
      ['read', 100, null, null],
      ['acknowledge', 60, words.name, words.words],
    ].map(([act, seconds, by, said], leaf) => ({
      act,
      at: ago(seconds as number),
      by,
      words: said,
      receipt: { ...receipt, leaf },
    })),
  };
  return {
    session,
    news: new Store({ heard: [] }),
    api: {
      session: session.session,
      ask: async (path, parser) => {
        const known: Answers = [...answers, [/^\/api\/directives\/[^/]+\/acts/, () => history]];
        const found = known.find(([pattern]) => pattern.test(path));
        if (!found) throw new Error(`fixtures know nothing of ${path}`);
        const answer = await found[1](path);
        return parser?.parse(answer) as never;
      },
      file: slideFile,
      roster: api.roster,
      searchUnits: api.searchUnits,
      lists: api.lists,
      saveList: async (name, units) => ({ name, owner: 'vn', units: [...units], expected: units.length }),
      briefings: async () => [...briefings],
    },
  };
}

/** What a seat was told to do. */
export function inboxToolsOf(session: Session, state: string): InboxTools | undefined {
  if (session.account.role !== 'seat') return undefined;
  const store = new Store<InboxState>({
    phase: 'ready',
    items: new Map(),
    unsent: new Map(),
    refused: new Map(),
    recorded: new Map(),
    all: false,
    ...inboxOf(state, session.account.unit),
  });
  const nothing = async (): Promise<void> => undefined;
  return {
    state: store,
    hear: () => () => undefined,
    load: nothing,
    loadAll: nothing,
    post: nothing,
    read: () => undefined,
    dismiss: nothing,
  };
}

/** A browser that keeps no receipts. */
export const keepsNothing: OutboxTools['receipts'] = {
  all: async () => [],
  settle: async () => undefined,
  news: new Store({ connects: 0, rivals: 0 }),
  connected: () => undefined,
};

/** An outbox that has nothing to send. */
export const quietOutbox: OutboxTools = {
  state: new Store({ entries: [], durable: true }),
  post: async () => undefined,
  dismiss: async () => undefined,
  carry: () => () => undefined,
  hurry: () => undefined,
  receipts: keepsNothing,
  unsent: async () => ({ own: 0, others: 0 }),
  forget: async () => undefined,
};
