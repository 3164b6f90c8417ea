import { inLine, type PresenceState } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  present: 'Đang kết nối',
  presentOf: (here: string, expected: string) => `${here} / ${expected}`,
  weak: (n: string) => `${n} đường truyền yếu hoặc đang mất`,
  asOf: (when: string) => `Thay đổi lúc ${when}`,
  stale: (when: string) => `Số liệu cũ, lấy lúc ${when}`,
  byUnit: 'Theo đơn vị, thiếu nhiều trước',
  noPresence: 'Chưa có số liệu',
  noPresenceBody: 'Số đơn vị đang kết nối hiện ra khi các đơn vị vào phòng.',
  map: 'Các đơn vị trực thuộc: mũi tên để di chuyển, Enter để xem bên trong',
  districts: (name: string) => `Các đơn vị của ${inLine(name)}: mũi tên để di chuyển, Enter để xem bên trong`,
  tile: (name: string, here: string, of: string) => `${name}: đang kết nối ${here} trên ${of}`,
  nobodyHere: 'Hiện không có đơn vị nào kết nối. Số liệu tự hiện khi các đơn vị vào phòng.',
  everybodyHere: 'Tất cả đang kết nối',
  away: (n: string) => `thiếu ${n}`,
  /** Before the start nobody is missing. */
  notYet: (n: string) => `chưa bắt đầu, ${n} chưa kết nối`,
  mark: { air: 'Đang phát', green: 'Chuẩn bị', hand: 'Giơ tay' },
  listFailed: 'Chưa đọc được danh sách. Trang tự thử lại khi có thay đổi.',
  presence: 'Đang kết nối',
  filter: 'Lọc danh sách',
  filters: { all: 'Tất cả', here: 'Đang kết nối', absent: 'Không kết nối', weak: 'Đường yếu', never: 'Chưa vào' },
  find: 'Lọc theo tên, không cần dấu',
  shown: (n: string) => `${n} đơn vị`,
  emptyBody: 'Không có đơn vị nào khớp với bộ lọc này.',
  state: {
    here: 'Đang kết nối',
    door: 'Đã mở trang, chưa vào phòng',
    gone: 'Đã rời',
    never: 'Chưa vào',
  } satisfies Record<PresenceState, string>,
  lineShort: { good: 'tốt', weak: 'yếu', lost: 'mất' },
  line: (word: string) => `đường truyền ${word}`,
  since: (when: string) => `lần đầu ${when}`,
  until: (when: string) => `lúc ${when}`,
};

export type PresenceDeskWords = Shape<typeof vi>;
/** Words of who is here. */
export const presenceDeskWords = defineWords(vi, () => import('./desk.en.ts'));
