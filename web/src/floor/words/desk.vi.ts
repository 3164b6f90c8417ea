import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  search: 'Tìm và gọi một đơn vị',
  searchHint: 'Gõ tên không cần dấu, ví dụ “tan phu dong nai”',
  searchNone: 'Không có đơn vị nào khớp. Thử gõ ít chữ hơn.',
  searching: 'Đang tìm…',
  ringing: (name: string) => `Đang gọi ${name}`,
  ringingFor: (n: number) => `đã đổ chuông ${n} giây`,
  cancelCall: 'Huỷ cuộc gọi',
  talking: (name: string) => `Đang nói chuyện với ${name}`,
  release: 'Kết thúc cuộc gọi',
  lastCall: (name: string, outcome: string) => `${name}: ${outcome}`,
  noHands: 'Chưa có ai giơ tay.',
  waiting: (since: string) => `chờ ${since}`,
  onAir: 'Đang phát',
  green: 'Phòng chuẩn bị',
  greenNone:
    'Phòng chuẩn bị trống. Bấm “Vào phòng chuẩn bị” ở một người giơ tay để xem hình và nghe thử trước khi phát.',
  checked: 'Đã kiểm tra',
  listen: 'Nghe thử',
  promote: 'Đưa lên phát',
  demote: 'Kết thúc phát biểu',
  toGreen: 'Về phòng chuẩn bị',
  mute: 'Tắt tiếng',
  unmute: 'Bỏ tắt tiếng',
  remove: 'Đưa ra khỏi phòng',
  running: 'Đang diễn ra',
  nobodyOnAir: 'Chưa có ai lên hình.',
  excess: (name: string, what: string) => `Một thiết bị của ${name} gửi ${what} quá mức cho phép và đã bị từ chối.`,
  excessOf: {
    tracks: 'số luồng hình, tiếng',
    layers: 'số lớp hình',
    sdp: 'lượng đề nghị kết nối',
    bitrate: 'lượng dữ liệu',
  },
  did: {
    admit: (name: string) => `${name} đã vào phòng chuẩn bị`,
    promote: (name: string) => `${name} đang phát`,
    demote: (name: string) => `${name} đã xuống`,
    mute: (name: string) => `Đã tắt tiếng ${name}`,
    unmute: (name: string) => `Đã bỏ tắt tiếng ${name}`,
    dismiss: (name: string) => `Đã bỏ giơ tay của ${name}`,
    remove: (name: string) => `${name} đã được đưa ra khỏi phòng`,
    call: (name: string) => `Đang gọi ${name}`,
  },
};

export type FloorDeskWords = Shape<typeof vi>;
/** Words of who runs the stage. */
export const floorDeskWords = defineWords(vi, () => import('./desk.en.ts'));
