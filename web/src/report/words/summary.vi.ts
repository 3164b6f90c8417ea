import type { BriefingSummary } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

type QuestionSums = BriefingSummary['questions'];

const vi = {
  rehearsal: 'DIỄN TẬP - không có giá trị chính thức',
  title: 'Tóm tắt phiên họp',
  territory: (name: string) => `Địa bàn: ${name}`,
  made: (when: string) => `Lập lúc ${when}`,
  span: (from: string, to: string) => `${from} đến ${to}`,
  since: (from: string) => `từ ${from}, đang họp`,
  notLive: 'phiên họp chưa bắt đầu',
  neverLive: (when: string) => `kết thúc lúc ${when}, không phát trực tiếp`,
  lasted: (minutes: string) => `phát ${minutes} phút`,
  expected: 'Được mời',
  came: 'Đã vào',
  byUnit: 'Tham dự theo địa bàn',
  unit: 'Địa bàn',
  present: 'Tham dự',
  partial: 'Chưa đủ',
  excused: 'Có phép',
  absent: 'Vắng',
  notYet: 'Chưa vào',
  neverCame: 'Không vào',
  rounds: 'Điểm danh',
  round: (nr: number, question: string) => `${nr}. ${question}`,
  roundAt: (when: string, by: string) => `${when}, ${by}`,
  answered: 'Trả lời',
  unconfirmed: (n: string) => `chờ xác nhận ${n}`,
  /** RC11: where digits were asked for, nothing proves a late answer. */
  ofThem: (late: string, official: string, unproven: boolean) =>
    `muộn${unproven ? ', không kiểm chứng' : ''} ${late}, qua điện thoại ${official}`,
  away: (n: string) => `báo vắng ${n}`,
  noRounds: 'Không có lượt điểm danh nào.',
  calls: 'Gọi đột xuất',
  callSeconds: (n: string) => `trả lời sau ${n} giây`,
  directives: 'Chỉ đạo',
  noDirectives: 'Không có chỉ đạo nào được giao.',
  directiveState: (answered: string, of: string, done: string) => `${answered} / ${of} đã trả lời, ${done} đã xong`,
  due: (when: string) => `hạn ${when}`,
  noDue: 'không đặt hạn',
  questions: 'Câu hỏi bằng văn bản',
  questionCounts: (n: QuestionSums, number: (value: number) => string) =>
    `${number(n.asked)} câu: ${number(n.air)} trả lời trực tiếp, ${number(n.written)} trả lời bằng văn bản, ` +
    `${number(n.declined)} không đưa ra, ${number(n.open)} còn chờ.`,
  foot: 'Số liệu lấy từ hồ sơ của phiên họp.',
};

export type SummaryWords = Shape<typeof vi>;
/** Words of the summary on one page. */
export const summaryWords = defineWords(vi, () => import('./summary.en.ts'));
