import { type AttendanceVerdict, inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Tham dự theo hồ sơ',
  rule: (percent: string) => `Tham dự: ít nhất ${percent}% thời gian phát trực tiếp`,
  ruleRound: (percent: string) =>
    `Tham dự: ít nhất ${percent}% thời gian phát trực tiếp và trả lời lượt điểm danh cuối`,
  live: (minutes: string) => (minutes === '0' ? 'Đã phát chưa đầy 1 phút' : `Đã phát ${minutes} phút`),
  notLive: 'Chưa phát trực tiếp: chưa ai được tính là tham dự.',
  neverLive: 'Phiên họp không phát trực tiếp: không ai được tính là tham dự.',
  filter: 'Lọc theo kết quả',
  all: 'Tất cả',
  verdict: { present: 'Tham dự', partial: 'Chưa đủ', absent: 'Vắng', excused: 'Được phép vắng' } satisfies Record<
    AttendanceVerdict,
    string
  >,
  find: 'Xem một địa bàn hoặc một đơn vị',
  in: (name: string) => `Trong ${inLine(name)}`,
  whole: 'Cả địa bàn',
  unit: 'Đơn vị',
  share: 'Thời gian',
  came: 'Vào',
  left: 'Ra',
  quality: 'Đường truyền',
  result: 'Kết quả',
  minutes: (n: string) => `${n} phút`,
  percent: (n: string) => `${n}%`,
  still: 'đang kết nối',
  never: 'chưa vào',
  corrected: 'đã sửa',
  noAnswer: 'không trả lời điểm danh',
  openUnit: (name: string) => `Xem ${inLine(name)} theo thời gian`,
  timeline: (name: string) => `${name} theo thời gian`,
  line: { channel: 'Trang mở', media: 'Hình và tiếng' },
  liveBand: 'Phát trực tiếp',
  goodLine: 'Đường tốt',
  weakLine: 'Đường yếu',
  qualityLine: 'Chất lượng',
  table: 'Các khoảng kết nối',
  from: 'Từ',
  to: 'Đến',
  lasted: 'Kéo dài',
  what: 'Đường',
  cut: 'Mất cùng với máy chủ, tính tới lúc còn biết chắc',
  devices: (n: string) => `${n} máy`,
  measured: 'Đo được',
  stands: 'Ghi hồ sơ',
  correct: 'Sửa kết quả',
  correctTitle: 'Sửa kết quả của đơn vị',
  correctNote: 'Số đo được giữ nguyên bên cạnh; mọi lần sửa đều được giữ.',
  verdictLabel: 'Kết quả đúng là',
  reason: 'Lý do (ghi vào hồ sơ)',
  save: 'Ghi vào hồ sơ',
  saved: (name: string, when: string) => `${name}: đã ghi nhận lúc ${when}`,
  receipt: 'Tải biên nhận',
  corrections: 'Các lần sửa',
  correctionBy: (by: string, when: string) => `${by}, ${when}`,
  summary: (minutes: string, share: string) => `Kết nối ${minutes} phút, ${share}% thời gian phát`,
};

export type AttendanceDeskWords = Shape<typeof vi>;
/** Words of attendance. */
export const attendanceDeskWords = defineWords(vi, () => import('./desk.en.ts'));
