import { defineWords, type Shape } from '../../../i18n/words.ts';

const vi = {
  title: 'Hồ sơ phiên họp',
  open: 'Chỉ đạo và hồ sơ',
  toRoom: 'Quay lại phòng họp',
  tools: {
    happened: 'Kết quả',
    directives: 'Chỉ đạo',
    questions: 'Câu hỏi',
    slides: 'Trình chiếu',
    screens: 'Màn hình',
    attendance: 'Tham dự',
    report: 'Báo cáo',
    readiness: 'Thử máy',
    schedule: 'Lịch họp',
    resubmission: 'Gửi lại sau khôi phục',
    figures: 'Số liệu',
    people: 'Danh bạ và tài khoản',
    upload: 'Gửi tệp',
    nodes: 'Máy chủ',
    hooks: 'Báo ra ngoài',
  },
  page: 'Văn phòng',
  pageAbout: 'Lịch họp, danh bạ, màn hình và việc khác, mở ở thẻ riêng',
  door: 'Lịch họp và việc văn phòng',
  toBriefing: 'Tới phiên họp',
  stillIn: 'Trang trước vẫn mở ở thẻ bên cạnh. Xong việc thì đóng thẻ này.',
  keysOff: 'Các phím sau chỉ có tác dụng khi nút “Phím tắt” ở đầu trang đang bật. Mỗi lần mở trang, nút này tắt.',
  meeting: 'Trong phiên họp',
  rest: 'Chuẩn bị và quản lý',
  which: 'Xem hồ sơ của phiên nào',
  current: 'Phiên này',
  all: 'Mọi chỉ đạo của cơ quan',
  ended: 'Phiên họp đã kết thúc',
  endedBody: 'Hồ sơ của phiên ở dưới đây. Có thể đóng trang này và mở lại bất cứ lúc nào.',
};

export type OfficeWords = Shape<typeof vi>;
/** Words of the desk that directives, attendance and reports share. */
export const officeWords = defineWords(vi, () => import('./office.en.ts'));
