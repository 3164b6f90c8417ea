import type { Questions } from '../src/api/channel/questions.ts';
import type { AnsweredQuestion, OwnQuestion, QuestionRow, QuestionState } from '../src/api/contract.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import type { Answers } from './officeFixtures.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const texts = [
  'Kinh phí hỗ trợ người bán hàng rong phải nghỉ bán được chi từ nguồn nào, và bao giờ về tới phường?',
  'Đề nghị cho biết lịch tiêm đợt hai cho người trên 65 tuổi ở các ấp xa trung tâm xã.',
  'Xã chưa có trạm y tế lưu động. Trung ương bố trí thế nào?',
  'Lực lượng trực chốt ban đêm thiếu người, có được huy động dân quân của xã bên không?',
  'Ô-xy y tế còn dùng được hai ngày. Xin hỏi đầu mối cấp bổ sung là cơ quan nào, số điện thoại nào?',
];
const text = (n: number): string => texts[n % texts.length] ?? '';
const air = { at: ago(240), by: 'Thủ tướng Chính phủ' };
const written = {
  ...{ at: ago(60), by: 'Văn phòng Chính phủ' },
  words: 'Kinh phí lấy từ ngân sách tỉnh, Trung ương hỗ trợ một nửa. Sở Tài chính chuyển về phường trước ngày 15/9.',
};

const declined: QuestionState = {
  ...{ kind: 'declined', at: ago(90) },
  why: 'Đã có trong công văn 1099/TTg-KTTH gửi các xã ngày 22/8.',
};
const states: Readonly<Record<string, QuestionState>> = {
  'question-sent': { kind: 'sent' },
  'question-passed': { kind: 'passed', to: 'vn.79' },
  'question-answered': { kind: 'answered', air, written },
  'question-declined': declined,
};

const answered = (n: number, more: Partial<AnsweredQuestion> = {}): AnsweredQuestion => ({
  ...{ id: id(700 + n), seq: n, unit: '26734', name: 'Phường Tân Định' },
  ...{ within: 'Quận 1, Thành phố Hồ Chí Minh', text: text(n), air, written: null, others: n * 3, ...more },
});

/** What a commune knows in that state; officials are told how many there are. */
export function questionsOf(page: string, state: string, count: number): Questions {
  const tick = {
    ...{ briefing: id(5), seq: count },
    count: { asked: count, open: Math.ceil(count * 0.7), chosen: 3, answered: 2, declined: Math.floor(count * 0.2) },
  };
  if (page !== 'commune') return { own: [], answered: 0, told: [], tick: state.startsWith('queue') ? tick : undefined };
  const at = states[state];
  if (!at) return { own: [], answered: 0, told: [], tick: undefined };
  const desk = at.kind === 'sent' ? 'Quận 1' : at.kind === 'passed' ? 'Thành phố Hồ Chí Minh' : null;
  const own: OwnQuestion = {
    ...{ id: id(600), briefing: id(5), seq: 9, text: text(0), at: ago(600), state: at, desk, joined: false },
  };
  const told = [answered(1), answered(2, { air: null, written })];
  return { own: [own], answered: state === 'question-answered' ? told.length : 0, told, tick: undefined };
}

/** A question of every unit of the roster, in every state. */
export function questionAnswers({ api, session }: BriefingTools): Answers {
  let rows: readonly QuestionRow[] = [];
  void api.roster(session.account.unit.code).then(({ units }) => {
    const names = new Map(units.map(([code, , , name]) => [code, name]));
    rows = units
      .filter(([, path]) => path.split('.').length > 3)
      .map(([unit, path, , name], i): QuestionRow => {
        const above = path.split('.').slice(0, -1);
        const kind = i % 11;
        const state: QuestionState =
          kind === 0 ? { kind: 'passed', to: 'vn' } : kind === 3 ? declined : { kind: 'sent' };
        const chosen = i === 1 || i === 12;
        return {
          ...{ id: id(2000 + i), seq: i + 1, unit, path, name, text: text(i), at: ago(3000 - (i % 2900)), into: null },
          within: above
            .slice(1)
            .reverse()
            .map((code) => names.get(code) ?? '')
            .join(', '),
          person: i % 3 === 0 ? { name: 'Trần Văn Hùng', title: 'Chủ tịch' } : null,
          desk: chosen || kind === 0 ? 'vn' : above.join('.'),
          state: chosen ? { kind: 'chosen' } : i === 2 ? { kind: 'answered', air, written } : state,
        };
      });
  });
  return [
    [/^\/api\/briefings\/[^/]+\/questions\/answered/, () => ({ questions: [answered(1), answered(2)] })],
    [
      /^\/api\/briefings\/[^/]+\/questions\?/,
      (path) => {
        const since = Number(new URL(path, 'http://x').searchParams.get('since'));
        const more = rows.filter(({ seq }) => seq > since);
        return { rows: more.slice(0, 500), more: more.length > 500 };
      },
    ],
  ];
}
