import type { AskReport, SessionPart } from '../../protocol/report.ts';

/** TR18: titles of columns, and names of lists and files. */
export type SessionWords = Readonly<
  Record<
    | 'nr'
    | 'from'
    | 'to'
    | 'came'
    | 'firstIn'
    | 'lastOut'
    | 'minutes'
    | 'share'
    | 'shown'
    | 'how'
    | 'outside'
    | 'account'
    | 'person'
    | 'since'
    | 'until',
    string
  >
> & {
  readonly names: Readonly<Record<SessionPart, string>>;
  readonly files: Readonly<Record<SessionPart, string>>;
  readonly ways: Readonly<Record<'stood' | 'looked', string>>;
};

const vi: SessionWords = {
  names: {
    presence: 'Phòng riêng, kết nối',
    people: 'Phòng riêng, người dự',
    rounds: 'Phòng riêng, điểm danh',
    directives: 'Phòng riêng, chỉ đạo',
  },
  files: {
    presence: 'phong-rieng-ket-noi',
    people: 'phong-rieng-nguoi-du',
    rounds: 'phong-rieng-diem-danh',
    directives: 'phong-rieng-chi-dao',
  },
  nr: 'Lần họp',
  from: 'Bắt đầu',
  to: 'Kết thúc',
  came: 'Có kết nối',
  firstIn: 'Vào lần đầu',
  lastOut: 'Rời lần cuối',
  minutes: 'Số phút kết nối',
  share: 'Tỷ lệ thời gian họp (%)',
  shown: 'Số phút được xem phòng này',
  how: 'Tham gia',
  ways: { stood: 'Phát biểu', looked: 'Vào xem' },
  outside: 'Từ ngoài địa bàn',
  account: 'Tài khoản',
  person: 'Họ tên',
  since: 'Từ lúc',
  until: 'Đến lúc',
};

const en: SessionWords = {
  names: {
    presence: 'Room, connected',
    people: 'Room, people',
    rounds: 'Room, roll-call',
    directives: 'Room, directives',
  },
  files: {
    presence: 'room-connected',
    people: 'room-people',
    rounds: 'room-roll-call',
    directives: 'room-directives',
  },
  nr: 'Time held',
  from: 'Begun',
  to: 'Ended',
  came: 'Connected',
  firstIn: 'First in',
  lastOut: 'Last out',
  minutes: 'Minutes here',
  share: 'Share of the session (%)',
  shown: 'Minutes shown this room',
  how: 'Took part',
  ways: { stood: 'On stage', looked: 'Watched' },
  outside: 'From outside',
  account: 'Account',
  person: 'Name',
  since: 'From',
  until: 'Until',
};

export const sessionWords: Readonly<Record<AskReport['language'], SessionWords>> = { vi, en };
