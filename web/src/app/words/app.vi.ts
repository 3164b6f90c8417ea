import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  name: 'Điều Hành',
  tagline: 'Hội nghị chỉ đạo trực tuyến',
  demo: 'Bản demo',
  recordFull:
    'Tạm thời chưa ghi nhận thêm được; xem và nghe vẫn bình thường. Câu trả lời được giữ trên máy và tự gửi lại.',
  offlineTitle: 'Máy này đang mất mạng',
  offlineBody: 'Kiểm tra dây mạng hoặc Wi-Fi. Trang tự nối lại khi có mạng, không cần bấm gì.',
  ringForLink: 'Để được cấp liên kết mới, xin gọi',
  signIn: 'Đăng nhập bằng mật khẩu',
  linkFailed: 'Không vào được bằng liên kết này',
  linkNext: 'Người điều hành cấp được liên kết mới ngay. Khi gọi, xin nêu tên đơn vị.',
  unitEnded: 'Đơn vị không còn trong danh sách',
  failed: 'Trang chưa mở được',
  failedBody: 'Chưa nối được tới máy chủ. Trang tự thử lại, không cần bấm gì.',
  chooseBriefing: 'Chọn phiên họp',
  placeKept: 'Chỗ trên hình vẫn được giữ: vào phòng là mọi người thấy và nghe đơn vị ngay.',
  none: 'Hiện không có phiên họp nào',
  noneBody: 'Phiên họp sắp tới sẽ hiện ở đây. Cứ để trang này mở.',
  scheduled: (when: string) => `Bắt đầu lúc ${when}`,
  isOpen: (when: string) => `Phòng họp đã mở, dự kiến bắt đầu lúc ${when}`,
  isLive: 'Đang họp',
  startsAt: (hour: string, weekday: string, date: string) => `Bắt đầu lúc ${hour}, ${weekday} ngày\u00a0${date}`,
  now: 'Bây giờ là',
  opensIn: (minutes: number) =>
    minutes < 90
      ? `Còn ${minutes} phút nữa.`
      : minutes < 48 * 60
        ? `Còn khoảng ${Math.round(minutes / 60)} giờ nữa.`
        : `Còn hơn ${Math.floor(minutes / 1440)} ngày nữa.`,
  opensSoon: 'Đã tới giờ họp. Phòng họp chưa mở, xin chờ.',
  opensByItself: 'Khi phòng họp mở, trang tự vào. Không cần bấm gì, chỉ cần để trang này mở.',
  turnOf: (of: string, hour: string) => `${of} vào lúc ${hour}`,
  turnAt: (hour: string) => `Vào phòng họp lúc ${hour}`,
  turnIn: (seconds: number) =>
    seconds < 90 ? `Còn khoảng ${seconds} giây.` : `Còn khoảng ${Math.round(seconds / 60)} phút.`,
  turnNow: 'Đã tới lượt, đang vào phòng họp.',
  turnByItself:
    'Nhiều nơi cùng vào một lúc, nên phải lần lượt. Trang tự vào khi tới lượt, không cần bấm gì. Khi đơn vị được gọi, trang vào ngay. Tải lại trang không mất lượt.',
  turnWanted: 'Phòng họp đang chờ đơn vị',
  turnWantedNow: 'Trang vào ngay, không chờ tới lượt.',
  checkAgain: 'Kiểm tra lại máy',
  join: 'Vào phòng họp',
  replaced: 'Phòng họp đã mở ở cửa sổ khác',
  replacedBody: 'Mỗi máy chỉ mở phòng họp ở một cửa sổ. Cửa sổ mở sau cùng đang được dùng.',
  useHere: 'Dùng ở cửa sổ này',
  removed: 'Máy này đã được đưa ra khỏi phòng họp',
  removedBody: 'Người điều hành đã đưa máy này ra. Nếu có nhầm lẫn, hãy liên hệ người điều hành.',
  closed: 'Phiên họp đã kết thúc',
  closedBody: 'Có thể đóng trang này. Việc của đơn vị ở dưới đây; lần sau mở liên kết cá nhân vẫn thấy.',
  sessionEnded: 'Phiên làm việc đã hết',
  sessionEndedBody: 'Hãy mở lại liên kết cá nhân, gõ mã trên giấy mời, hoặc đăng nhập bằng mật khẩu.',
  moved: 'Đơn vị hoặc vai trò đã thay đổi',
  movedBody: 'Trang sẽ tự tải lại trong giây lát.',
};

export type AppWords = Shape<typeof vi>;
/** Words of the way in and the way out. */
export const appWords = defineWords(vi, () => import('./app.en.ts'));
