import type { AttendanceVerdict } from '../../protocol/attendance.ts';
import type { Follow, FollowState } from '../../protocol/directive.ts';
import type { AskReport, SessionPart } from '../../protocol/report.ts';
import type { Answerer, EntryState } from '../../protocol/rollcall.ts';
import { entryWords, followWords, unprovenWords } from '../../protocol/words.ts';
import type { Course } from '../attendance/AttendanceService.ts';
import { type SessionWords, sessionWords } from './sessionWords.ts';

type About = AskReport['about'];
type Kind = Exclude<About['kind'], 'session'>;

/** Everything that a report says in a language of its reader. */
export interface Words {
  readonly names: Readonly<Record<Kind, string>>;
  /** Beginning of a file's name: letters, digits and hyphens of ASCII. */
  readonly files: Readonly<Record<Kind, string>>;
  /** RH4: the first column of a report of a rehearsal, and how its file's name begins. */
  readonly rehearsal: { readonly title: string; readonly value: string; readonly file: string };
  readonly yes: string;
  readonly no: string;
  readonly unit: { readonly code: string; readonly name: string; readonly province: string; readonly district: string };
  readonly attendance: Readonly<
    Record<
      | 'firstIn'
      | 'lastOut'
      | 'minutes'
      | 'liveMinutes'
      | 'share'
      | 'quality'
      | 'devices'
      | 'answered'
      | 'measured'
      | 'corrected'
      | 'reason'
      | 'by'
      | 'at'
      | 'verdict',
      string
    >
  > & {
    readonly verdicts: Readonly<Record<AttendanceVerdict, string>>;
    /** AT9: instead of a verdict where there is none. */
    readonly without: Readonly<Record<Exclude<Course, 'live'>, Readonly<Record<'came' | 'never', string>>>>;
  };
  readonly rounds: Readonly<
    Record<
      | 'nr'
      | 'question'
      | 'openedAt'
      | 'deadline'
      | 'state'
      | 'at'
      | 'answerer'
      | 'name'
      | 'by'
      | 'note'
      | 'asked'
      | 'number'
      | 'unit'
      | 'held'
      | 'changed'
      | 'resubmitted',
      string
    >
  > & {
    readonly states: Readonly<Record<EntryState, string>>;
    /** RC11 */
    readonly unproven: string;
    readonly answerers: Readonly<Record<Answerer, string>>;
  };
  readonly directives: Readonly<
    Record<
      | 'number'
      | 'issuer'
      | 'title'
      | 'issuedAt'
      | 'deadline'
      | 'state'
      | 'axis'
      | 'timing'
      | 'absentee'
      | 'deliveredAt'
      | 'readAt'
      | 'answeredAt'
      | 'doneAt'
      | 'name'
      | 'words'
      | 'promised'
      | 'report'
      | 'resubmitted'
      | 'question'
      | 'reply',
      string
    >
  > & {
    readonly states: Readonly<Record<FollowState, string>>;
    readonly timings: Readonly<Record<Follow['timing'], string>>;
  };
  readonly sessions: SessionWords;
}

const vi: Words = {
  names: { attendance: 'Tham dự', rounds: 'Điểm danh', directives: 'Chỉ đạo', directive: 'Chỉ đạo' },
  files: { attendance: 'tham-du', rounds: 'diem-danh', directives: 'chi-dao', directive: 'chi-dao' },
  rehearsal: { title: 'Tính chất', value: 'DIỄN TẬP', file: 'dien-tap-' },
  yes: 'Có',
  no: 'Không',
  unit: { code: 'Mã đơn vị', name: 'Đơn vị', province: 'Tỉnh, thành phố', district: 'Quận, huyện' },
  attendance: {
    firstIn: 'Vào lần đầu',
    lastOut: 'Rời lần cuối',
    minutes: 'Số phút kết nối',
    liveMinutes: 'Số phút kết nối khi đang họp',
    share: 'Tỷ lệ thời gian họp (%)',
    quality: 'Đường truyền tốt (%)',
    devices: 'Số thiết bị',
    answered: 'Trả lời lượt điểm danh cuối',
    measured: 'Kết quả đo được',
    corrected: 'Điều chỉnh thành',
    reason: 'Lý do điều chỉnh',
    by: 'Người điều chỉnh',
    at: 'Điều chỉnh lúc',
    verdict: 'Kết luận',
    verdicts: { present: 'Tham dự', partial: 'Chưa đủ', absent: 'Vắng', excused: 'Được phép vắng' },
    without: {
      before: { came: 'Đã vào, phiên họp chưa bắt đầu', never: 'Chưa vào, phiên họp chưa bắt đầu' },
      'never-live': { came: 'Đã vào, phiên họp không phát', never: 'Không vào, phiên họp không phát' },
    },
  },
  rounds: {
    nr: 'Lượt',
    question: 'Câu hỏi',
    openedAt: 'Mở lúc',
    deadline: 'Hạn trả lời',
    state: 'Kết quả',
    at: 'Trả lời lúc',
    answerer: 'Người trả lời là',
    name: 'Họ tên',
    by: 'Tài khoản',
    note: 'Ghi chú',
    asked: 'Con số được hỏi',
    number: 'Con số',
    unit: 'Đơn vị tính',
    held: 'Con số chờ xem lại, chưa cộng',
    changed: 'Lý do sửa con số',
    resubmitted: 'Gửi lại sau khi khôi phục lúc',
    states: entryWords.vi,
    unproven: unprovenWords.vi,
    answerers: { chair: 'Chủ tịch', deputy: 'Phó Chủ tịch', substitute: 'Người được uỷ quyền' },
  },
  directives: {
    number: 'Số',
    issuer: 'Cơ quan giao',
    title: 'Trích yếu',
    issuedAt: 'Giao lúc',
    deadline: 'Hạn',
    state: 'Trạng thái',
    axis: 'Mã trạng thái văn bản',
    timing: 'Tiến độ',
    absentee: 'Không kết nối khi giao',
    deliveredAt: 'Tới máy lúc',
    readAt: 'Đọc lúc',
    answeredAt: 'Trả lời lúc',
    doneAt: 'Báo xong lúc',
    name: 'Người nhận việc',
    words: 'Ai làm, làm gì',
    promised: 'Cam kết hoàn thành trước',
    report: 'Báo cáo gần nhất',
    question: 'Câu hỏi lại',
    reply: 'Trả lời câu hỏi',
    resubmitted: 'Gửi lại sau khi khôi phục',
    states: followWords.vi,
    timings: { none: '', 'on-time': 'Đúng hạn', late: 'Muộn', overdue: 'Quá hạn' },
  },
  sessions: sessionWords.vi,
};

const en: Words = {
  names: { attendance: 'Attendance', rounds: 'Roll-call', directives: 'Directives', directive: 'Directive' },
  files: { attendance: 'attendance', rounds: 'roll-call', directives: 'directives', directive: 'directive' },
  rehearsal: { title: 'Nature', value: 'REHEARSAL', file: 'rehearsal-' },
  yes: 'Yes',
  no: 'No',
  unit: { code: 'Unit code', name: 'Unit', province: 'Province', district: 'District' },
  attendance: {
    firstIn: 'First in',
    lastOut: 'Last out',
    minutes: 'Minutes here',
    liveMinutes: 'Minutes here while live',
    share: 'Share of the live time (%)',
    quality: 'Good line (%)',
    devices: 'Devices',
    answered: 'Answered the last round',
    measured: 'As measured',
    corrected: 'Corrected to',
    reason: 'Reason of the correction',
    by: 'Corrected by',
    at: 'Corrected at',
    verdict: 'Result',
    verdicts: { present: 'Present', partial: 'In part', absent: 'Absent', excused: 'Excused' },
    without: {
      before: { came: 'Came, the briefing has not begun', never: 'Not here yet, the briefing has not begun' },
      'never-live': { came: 'Came, the briefing was never live', never: 'Did not come, the briefing was never live' },
    },
  },
  rounds: {
    nr: 'Round',
    question: 'Question',
    openedAt: 'Opened at',
    deadline: 'Deadline',
    state: 'Result',
    at: 'Answered at',
    answerer: 'Who answered',
    name: 'Name',
    by: 'Account',
    note: 'Note',
    asked: 'Number asked for',
    number: 'Number',
    unit: 'Counted in',
    held: 'Number looked at first, not added',
    changed: 'Reason of the change of the number',
    resubmitted: 'Sent again after a restore at',
    states: entryWords.en,
    unproven: unprovenWords.en,
    answerers: { chair: 'Chair', deputy: 'Deputy', substitute: 'Substitute' },
  },
  directives: {
    number: 'Number',
    issuer: 'Issuer',
    title: 'Title',
    issuedAt: 'Issued at',
    deadline: 'Deadline',
    state: 'State',
    axis: 'Document state code',
    timing: 'Timing',
    absentee: 'Not connected when issued',
    deliveredAt: 'Delivered at',
    readAt: 'Read at',
    answeredAt: 'Answered at',
    doneAt: 'Done at',
    name: 'Taken on by',
    words: 'Who does what',
    promised: 'Promised for',
    report: 'Last report',
    question: 'Question back',
    reply: 'Reply',
    resubmitted: 'Sent again after a restore',
    states: followWords.en,
    timings: { none: '', 'on-time': 'On time', late: 'Late', overdue: 'Overdue' },
  },
  sessions: sessionWords.en,
};

export const wordsIn: Readonly<Record<AskReport['language'], Words>> = { vi, en };

type Named = { readonly kind: Kind } | { readonly kind: 'session'; readonly part: SessionPart };
export const nameOfTable = ({ names, sessions }: Words, about: Named): string =>
  about.kind === 'session' ? sessions.names[about.part] : names[about.kind];
export const fileOfTable = ({ files, sessions }: Words, about: Named): string =>
  about.kind === 'session' ? sessions.files[about.part] : files[about.kind];
