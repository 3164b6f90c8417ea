import type { AttendanceVerdict } from '../../protocol/attendance.ts';
import type { Language } from '../../protocol/briefing.ts';
import type { CallState } from '../../protocol/floor.ts';
import { inLine } from '../../protocol/placeName.ts';
import { type QuestionWords, questionsEn, questionsVi } from './questionWords.ts';
import { type StagedWords, stagedEn, stagedVi, type WrittenFigure } from './stagedWords.ts';

/** FG103: what stood before all when something was done. */
interface SeenWords extends WrittenFigure {
  readonly made: string;
}

interface MinutesWords {
  readonly file: string;
  readonly rehearsalFile: string;
  readonly nation: readonly [string, string];
  readonly number: string;
  readonly kind: string;
  readonly extractKind: string;
  readonly extract: (name: string) => string;
  readonly rehearsal: string;
  /** TR17: of a session that a unit held for itself. */
  readonly sessionFile: string;
  readonly session: (unit: string, title: string) => string;
  readonly sessionTimes: string;
  readonly sessionAttendance: string;
  readonly sessionNote: string;
  readonly placeAndDate: (day: number, month: number, year: number) => string;
  readonly moment: (hour: string, minute: string, day: number, month: number, year: number) => string;
  readonly labels: { readonly begun: string; readonly place: string; readonly chair: string; readonly clerk: string };
  readonly online: string;
  readonly noChair: string;
  readonly agenda: string;
  readonly agendaItem: (title: string, by: string | undefined, minutes: number | undefined) => string;
  readonly agendaNr: string;
  readonly agendaTitle: string;
  readonly agendaOthers: string;
  readonly attendance: string;
  readonly expected: (n: string, live: string) => string;
  readonly verdicts: Readonly<Record<AttendanceVerdict, string>>;
  readonly count: (word: string, n: string, percent: string) => string;
  readonly rule: (percent: number, lastRound: boolean) => string;
  readonly byPlace: string;
  readonly place: string;
  readonly invited: string;
  readonly listed: string;
  readonly annex: string;
  readonly annexTitle: string;
  readonly annexGroup: (word: string, n: string) => string;
  readonly annexPlace: (name: string, n: string) => string;
  readonly course: string;
  readonly speeches: string;
  readonly speechesNote: string;
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly lasted: string;
  readonly none: { readonly speeches: string; readonly calls: string; readonly rounds: string };
  readonly questions: QuestionWords;
  readonly staged: StagedWords;
  readonly calls: string;
  readonly at: string;
  readonly unit: string;
  readonly result: string;
  readonly answeredAfter: (seconds: string) => string;
  readonly call: Readonly<Record<Exclude<CallState, 'accepted' | 'ended' | 'refused'>, string>>;
  readonly refused: (why: string) => string;
  readonly refusals: Readonly<Record<string, string>>;
  readonly rounds: string;
  readonly nr: string;
  readonly question: string;
  readonly asked: string;
  readonly answered: string;
  readonly missing: string;
  readonly roundDetail: (late: string, official: string, excused: string) => string;
  readonly quorum: (met: boolean) => string;
  readonly sum: (said: string, from: string, of: string, held: string) => string;
  readonly noSum: string;
  readonly decimal: string;
  readonly directives: string;
  readonly noDirectives: string;
  readonly directiveNumber: string;
  readonly content: string;
  readonly issuer: string;
  readonly addressees: string;
  readonly deadline: string;
  readonly noDeadline: string;
  readonly ended: { readonly recalled: string; readonly superseded: string };
  /** Of a directive to units that were chosen by a figure, and of a round that asked them. @param made one of the next two */
  readonly basis: (made: string, indicator: string, units: string, n: string, at: string) => string;
  readonly seen: (facts: SeenWords) => string;
  readonly directiveSeen: (number: string) => string;
  readonly roundSeen: (nr: number) => string;
  readonly callSeen: (unit: string) => string;
  readonly directiveBasis: (number: string) => string;
  readonly roundBasis: (nr: number) => string;
  readonly value: string;
  readonly upTo: string;
  readonly moreChosen: (n: string) => string;
  readonly moreAsked: (n: string) => string;
  readonly changes: string;
  readonly noChanges: string;
  readonly corrections: (n: string) => string;
  readonly measured: string;
  readonly corrected: string;
  readonly reason: string;
  readonly by: string;
  readonly more: (n: string) => string;
  readonly roundCorrected: (nr: number, n: string) => string;
  readonly roundResubmitted: (nr: number, n: string) => string;
  readonly proof: string;
  readonly sealed: (nr: string, moment: string) => string;
  readonly check: string;
  readonly closed: (moment: string) => string;
  readonly clerk: string;
  readonly chair: string;
  readonly sign: string;
  readonly recipients: string;
  readonly archive: string;
  readonly foot: (nr: string, digits: string) => string;
  readonly length: (minutes: string, seconds: string) => string;
}

/** What is not on record stands open, to be filled in by hand. */
export const OPEN = '……………………';

const vi: MinutesWords = {
  file: 'bien-ban',
  rehearsalFile: 'dien-tap-',
  nation: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
  number: 'Số: …………/BB-…………',
  kind: 'BIÊN BẢN',
  extractKind: 'TRÍCH BIÊN BẢN',
  extract: (name) =>
    `Phần về ${name}: số liệu tham dự, câu hỏi, gọi đột xuất, điểm danh và chỉ đạo chỉ tính các đơn vị thuộc địa bàn này.`,
  sessionFile: 'hop-rieng',
  session: (unit, title) => `Phiên họp riêng của ${unit}, trong phiên họp “${title}”`,
  sessionTimes: 'Các lần họp riêng',
  sessionAttendance: 'Tham dự được tính cho cả phiên họp, không riêng thời gian họp riêng.',
  sessionNote: 'Thời gian có hình và tiếng trong phòng họp riêng, không tính lúc mất đường truyền.',
  rehearsal: 'DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ CHÍNH THỨC',
  placeAndDate: (day, month, year) => `……………, ngày ${two(day, 10)} tháng ${two(month, 3)} năm ${year}`,
  moment: (hour, minute, day, month, year) =>
    `${hour} giờ ${minute} phút, ngày ${two(day, 10)} tháng ${two(month, 3)} năm ${year}`,
  labels: { begun: 'Thời gian bắt đầu', place: 'Địa điểm', chair: 'Chủ trì', clerk: 'Thư ký' },
  online: `họp trực tuyến; điểm cầu chủ trì: ${OPEN}`,
  noChair: `hồ sơ không ghi người chủ trì lên hình; ${OPEN}`,
  agenda: 'CHƯƠNG TRÌNH',
  agendaItem: (title, by, minutes) =>
    `${title}${by || minutes ? ` (${[by, minutes && `dự kiến ${minutes} phút`].filter(Boolean).join('; ')})` : ''}`,
  agendaNr: 'Mục',
  agendaTitle: 'Nội dung',
  agendaOthers: 'Có trong chương trình, hồ sơ không ghi thời gian:',
  attendance: 'THÀNH PHẦN THAM DỰ',
  expected: (n, live) => `Được mời: ${n} đơn vị. Thời gian họp tính tham dự: ${live}.`,
  verdicts: {
    present: 'Tham dự',
    partial: 'Tham dự chưa đủ thời gian',
    excused: 'Được phép vắng',
    absent: 'Vắng',
  },
  count: (word, n, percent) => `${word}: ${n} đơn vị (${percent}%)`,
  rule: (percent, lastRound) =>
    `Một đơn vị được tính là tham dự khi có mặt ít nhất ${percent}% thời gian họp${lastRound ? ' và trả lời lượt điểm danh cuối' : ''}.`,
  byPlace: 'Tham dự theo địa bàn',
  place: 'Địa bàn',
  invited: 'Được mời',
  listed: 'Danh sách đơn vị không tham dự đủ có ở phụ lục kèm theo.',
  annex: 'PHỤ LỤC',
  annexTitle: 'Danh sách đơn vị vắng, được phép vắng và tham dự chưa đủ thời gian',
  annexGroup: (word, n) => `${word} (${n} đơn vị)`,
  annexPlace: (name, n) => `${name} (${n})`,
  course: 'DIỄN BIẾN',
  speeches: 'Phát biểu',
  speechesNote: 'Thời gian có hình và tiếng trước toàn thể phiên họp, không tính lúc mất đường truyền.',
  who: 'Người, đơn vị',
  from: 'Từ',
  to: 'Đến',
  lasted: 'Thời gian',
  none: { speeches: 'Không có ai phát biểu.', calls: 'Không gọi đột xuất.', rounds: 'Không điểm danh.' },
  questions: questionsVi,
  staged: stagedVi,
  calls: 'Gọi đột xuất',
  at: 'Lúc',
  unit: 'Đơn vị',
  result: 'Kết quả',
  answeredAfter: (seconds) => `Trả lời sau ${seconds} giây`,
  call: {
    ringing: 'Chưa trả lời',
    'timed-out': 'Không trả lời',
    'not-connected': 'Không có máy nào đang kết nối',
    cancelled: 'Người gọi dừng cuộc gọi',
  },
  refused: (why) => `Chưa thể trả lời: ${why}`,
  refusals: {
    'chair-absent': 'lãnh đạo đi vắng',
    'no-picture-or-sound': 'máy hỏng hình hoặc tiếng',
    'emergency-at-hand': 'đang xử lý việc khẩn',
    'needs-a-minute': 'cần thêm một phút',
  },
  rounds: 'Điểm danh',
  nr: 'Lượt',
  question: 'Nội dung',
  asked: 'Được hỏi',
  answered: 'Trả lời',
  missing: 'Không trả lời',
  roundDetail: (late, official, excused) =>
    `muộn ${late}; cán bộ ghi nhận qua điện thoại ${official}; được phép vắng ${excused}`,
  quorum: (met) => (met ? 'đủ tỷ lệ quy định' : 'chưa đủ tỷ lệ quy định'),
  sum: (said, from, of, held) => `${said}, từ ${from}/${of} đơn vị; chờ xem lại, chưa cộng: ${held}`,
  noSum: 'chưa có số nào',
  decimal: ',',
  directives: 'CHỈ ĐẠO ĐÃ GIAO',
  noDirectives: 'Không giao chỉ đạo trong phiên họp.',
  directiveNumber: 'Số',
  content: 'Trích yếu',
  issuer: 'Cơ quan giao',
  addressees: 'Đơn vị nhận',
  deadline: 'Hạn',
  noDeadline: 'không đặt hạn',
  ended: { recalled: 'đã thu hồi', superseded: 'đã có chỉ đạo khác thay' },
  basis: (made, indicator, units, n, at) =>
    `${made} ${units} đơn vị được chọn theo số liệu "${indicator}" (lần ghi N = ${n}, chốt lúc ${at}):`,
  seen: ({ made, of, period, value, coverage, at, simulated, sha256 }) =>
    `Khi ${made}, phòng họp đang xem${simulated ? ' (SỐ LIỆU MÔ PHỎNG)' : ''}: ${of}, kỳ từ ${period}: ${value}, từ ${coverage} đơn vị, biết đến ${at}. Bản lưu SHA-256: ${sha256}.`,
  directiveSeen: (number) => `giao chỉ đạo số ${number}`,
  roundSeen: (nr) => `mở lượt điểm danh ${nr}`,
  callSeen: (unit) => `gọi ${inLine(unit)}`,
  directiveBasis: (number) => `Chỉ đạo số ${number} giao tới`,
  roundBasis: (nr) => `Lượt điểm danh ${nr} hỏi`,
  value: 'Giá trị',
  upTo: 'Số liệu đến',
  moreChosen: (n) => `Còn ${n} đơn vị nữa, có trong bảng kèm theo chỉ đạo.`,
  moreAsked: (n) => `và ${n} đơn vị nữa.`,
  changes: 'SỬA KẾT QUẢ VÀ GỬI LẠI',
  noChanges: 'Không có.',
  corrections: (n) =>
    `Kết quả tham dự của ${n} đơn vị do người có thẩm quyền sửa; số liệu đo được vẫn nằm trong hồ sơ.`,
  measured: 'Đo được',
  corrected: 'Sửa thành',
  reason: 'Lý do',
  by: 'Người sửa',
  more: (n) => `Còn ${n} đơn vị nữa, có trong tệp tham dự của phiên họp.`,
  roundCorrected: (nr, n) => `Lượt điểm danh ${nr}: ${n} đơn vị tự sửa câu trả lời.`,
  roundResubmitted: (nr, n) => `Lượt điểm danh ${nr}: ${n} đơn vị gửi lại câu trả lời sau khi khôi phục hệ thống.`,
  proof: 'XÁC THỰC',
  sealed: (nr, moment) =>
    `Biên bản này lập từ hồ sơ của phiên họp tới mã niêm phong số ${nr}, niêm phong lúc ${moment}. Chỗ để trống là điều hồ sơ không ghi.`,
  check:
    'Để kiểm tra: ghi hai dòng trên liền thành một dòng vào một tệp, cách nhau một dấu cách, rồi chạy “dh audit verify --expect TỆP” với cơ sở dữ liệu hoặc bản hồ sơ xuất ra.',
  closed: (moment) => `Phiên họp kết thúc vào ${moment}./.`,
  clerk: 'THƯ KÝ',
  chair: 'CHỦ TỌA',
  sign: '(Ký, ghi rõ họ tên)',
  recipients: 'Nơi nhận:',
  archive: '- Lưu: VT, hồ sơ phiên họp.',
  foot: (nr, digits) => `Hồ sơ tới mã niêm phong số ${nr} · ${digits}`,
  length: (minutes, seconds) => `${minutes} phút ${seconds} giây`,
};

const en: MinutesWords = {
  file: 'minutes',
  rehearsalFile: 'rehearsal-',
  nation: ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'],
  number: 'No.: …………/BB-…………',
  kind: 'MINUTES',
  extractKind: 'EXTRACT OF THE MINUTES',
  extract: (name) =>
    `Of ${name} alone: attendance, questions, spot calls, roll-calls and directives count the units of this territory only.`,
  sessionFile: 'session',
  session: (unit, title) => `Session of ${unit}, held in the briefing “${title}”`,
  sessionTimes: 'Held',
  sessionAttendance: 'Attendance is of the whole briefing, not of the time of this session alone.',
  sessionNote: 'Time with picture and sound in this session, without the time in which the line was down.',
  rehearsal: 'REHEARSAL - NOT OFFICIAL',
  placeAndDate: (day, month, year) => `……………, ${day} ${MONTHS[month - 1]} ${year}`,
  moment: (hour, minute, day, month, year) => `${hour}:${minute} on ${day} ${MONTHS[month - 1]} ${year}`,
  labels: { begun: 'Begun', place: 'Place', chair: 'In the chair', clerk: 'Secretary' },
  online: `online; the chair's end: ${OPEN}`,
  noChair: `the record names nobody in the chair on stage; ${OPEN}`,
  agenda: 'AGENDA',
  agendaItem: (title, by, minutes) =>
    `${title}${by || minutes ? ` (${[by, minutes && `${minutes} min planned`].filter(Boolean).join('; ')})` : ''}`,
  agendaNr: 'No.',
  agendaTitle: 'Item',
  agendaOthers: 'On the agenda, and without a time on record:',
  attendance: 'ATTENDANCE',
  expected: (n, live) => `Invited: ${units(n)}. Time of the briefing that counts: ${live}.`,
  verdicts: { present: 'Present', partial: 'Present in part', excused: 'Excused', absent: 'Absent' },
  count: (word, n, percent) => `${word}: ${units(n)} (${percent}%)`,
  rule: (percent, lastRound) =>
    `A unit counts as present that was here for at least ${percent}% of the time${lastRound ? ' and answered the last roll-call' : ''}.`,
  byPlace: 'Attendance by territory',
  place: 'Territory',
  invited: 'Invited',
  listed: 'The annex lists the units that were not wholly present.',
  annex: 'ANNEX',
  annexTitle: 'Units that were absent, excused, or present in part',
  annexGroup: (word, n) => `${word} (${units(n)})`,
  annexPlace: (name, n) => `${name} (${n})`,
  course: 'COURSE OF THE BRIEFING',
  speeches: 'Speakers',
  speechesNote: 'Time with picture and sound before everybody, without the time in which the line was down.',
  who: 'Person, unit',
  from: 'From',
  to: 'To',
  lasted: 'Length',
  none: { speeches: 'Nobody spoke.', calls: 'No unit was called.', rounds: 'No roll-call was held.' },
  questions: questionsEn,
  staged: stagedEn,
  calls: 'Spot calls',
  at: 'At',
  unit: 'Unit',
  result: 'Result',
  answeredAfter: (seconds) => `Answered after ${seconds} s`,
  call: {
    ringing: 'Not answered',
    'timed-out': 'Not answered',
    'not-connected': 'No device connected',
    cancelled: 'Stopped by the caller',
  },
  refused: (why) => `Could not answer: ${why}`,
  refusals: {
    'chair-absent': 'the chair was away',
    'no-picture-or-sound': 'no picture or sound',
    'emergency-at-hand': 'an emergency at hand',
    'needs-a-minute': 'needed a minute',
  },
  rounds: 'Roll-calls',
  nr: 'No.',
  question: 'Question',
  asked: 'Asked',
  answered: 'Replies',
  missing: 'Silent',
  roundDetail: (late, official, excused) => `late ${late}; noted by an official ${official}; excused ${excused}`,
  quorum: (met) => (met ? 'quorum reached' : 'quorum not reached'),
  sum: (said, from, of, held) => `${said}, from ${from}/${of} units; looked at first, not added: ${held}`,
  noSum: 'no number yet',
  decimal: '.',
  directives: 'DIRECTIVES GIVEN',
  noDirectives: 'No directive was given in the briefing.',
  directiveNumber: 'No.',
  content: 'Title',
  issuer: 'Issuer',
  addressees: 'Units',
  deadline: 'Deadline',
  noDeadline: 'none',
  ended: { recalled: 'recalled', superseded: 'superseded' },
  basis: (made, indicator, units, n, at) =>
    `${made} ${units} units that were chosen by the figure "${indicator}" (record N = ${n}, frozen at ${at}):`,
  seen: ({ made, of, period, value, coverage, at, simulated, sha256 }) =>
    `When ${made}, the briefing had before it${simulated ? ' (SIMULATED FIGURES)' : ''}: ${of}, period from ${period}: ${value}, from ${coverage} units, as known at ${at}. Kept under SHA-256 ${sha256}.`,
  directiveSeen: (number) => `directive ${number} was given`,
  roundSeen: (nr) => `round ${nr} was opened`,
  callSeen: (unit) => `${unit} was called`,
  directiveBasis: (number) => `Directive ${number} went to`,
  roundBasis: (nr) => `Round ${nr} asked`,
  value: 'Value',
  upTo: 'Up to',
  moreChosen: (n) => `More in the list that goes with the directive: ${units(n)}.`,
  moreAsked: (n) => `and more: ${units(n)}.`,
  changes: 'CORRECTIONS AND RESUBMISSIONS',
  noChanges: 'None.',
  corrections: (n) => `The attendance of ${units(n)} was corrected by officials; what was measured stays on record.`,
  measured: 'Measured',
  corrected: 'Corrected to',
  reason: 'Reason',
  by: 'By',
  more: (n) => `More in the attendance file of the briefing: ${units(n)}.`,
  roundCorrected: (nr, n) => `Roll-call ${nr}: own answers corrected by ${units(n)}.`,
  roundResubmitted: (nr, n) => `Roll-call ${nr}: answers sent again after a restore by ${units(n)}.`,
  proof: 'HOW TO VERIFY',
  sealed: (nr, moment) =>
    `These minutes are made from the record of the briefing up to seal ${nr} of ${moment}. What is left open is not on record.`,
  check:
    'To check: write the two lines above into a file as one, with a space between, and run “dh audit verify --expect FILE” on the database or on an export of the record.',
  closed: (moment) => `The briefing ended at ${moment}.`,
  clerk: 'SECRETARY',
  chair: 'CHAIR',
  sign: '(Signature and full name)',
  recipients: 'Copies to:',
  archive: '- Archive.',
  foot: (nr, digits) => `Record up to seal ${nr} · ${digits}`,
  length: (minutes, seconds) => `${minutes} min ${seconds} s`,
};

export const minutesWords: Readonly<Record<Language, MinutesWords>> = { vi, en };

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** Of numbers as they are written. */
function units(n: string): string {
  return `${n} ${n === '1' ? 'unit' : 'units'}`;
}

/** Nghị định 30/2020: days below 10 and months below 3 have a nought before them, so that nobody writes another digit. */
function two(n: number, below: number): string {
  return n < below ? `0${n}` : String(n);
}
