import { MOST_PAGES } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Trang trình chiếu',
  add: 'Thêm tệp PDF',
  hint: `Tệp được mở ngay trên máy này, mỗi trang gửi đi thành một ảnh. Tối đa ${MOST_PAGES} trang.`,
  opening: 'Đang mở tệp…',
  uploading: (ready: number, size: number) => `Đã gửi ${ready}/${size} trang`,
  waiting: 'Đang mất đường truyền. Trang tự gửi tiếp khi có lại.',
  stop: 'Dừng gửi',
  none: 'Chưa có tệp nào cho phiên họp này.',
  pages: (size: number) => `${size} trang`,
  partly: (ready: number) => `mới gửi ${ready} trang; chọn lại đúng tệp đó để gửi tiếp`,
  ready: (shown: boolean) => (shown ? 'đã chiếu trong phiên họp' : 'sẵn sàng'),
  isShown: 'đang chiếu',
  isHidden: 'đã chọn, hiện không ai thấy',
  show: 'Chiếu',
  notYet: 'Chiếu được khi phòng họp đã mở.',
  remove: (title: string) => `Xoá ${title}`,
  removeTitle: (title: string) => `Xoá “${title}”?`,
  removeBody: 'Tệp chưa chiếu lần nào nên xoá được. Muốn dùng lại thì thêm lại từ đầu.',
  removeConfirm: 'Xoá',
  keep: 'Giữ lại',
  seen: {
    seen: (page: number, size: number) => `Mọi người đang xem trang ${page}/${size}`,
    hidden: (page: number, size: number) =>
      `Trang ${page}/${size}. Hiện không ai thấy: hình được chọn không có trình chiếu`,
    away: (page: number, size: number) => `Trang ${page}/${size}. Hiện không ai thấy: nội dung khác đã thay chỗ`,
  },
  again: 'Chiếu lại trang này',
  next: 'Trang sau',
  last: 'Đây là trang cuối',
  back: 'Trang trước',
  forward: 'Trang sau',
  pointer: 'Chỉ lên trang',
  pointerHint: 'Rê chuột hoặc ngón tay trên trang bên trên: mọi người thấy một vòng tròn đỏ.',
  keys: 'Chuyển trang bằng phím ← →, Page Up, Page Down hoặc bút trình chiếu; Home, End về đầu, cuối.',
  end: 'Ngừng chiếu',
  problem: {
    'not-pdf': 'Không mở được tệp này: không phải PDF, hoặc tệp bị hỏng.',
    locked: 'Tệp có mật khẩu. Hãy lưu một bản không có mật khẩu rồi thêm lại.',
    'too-many-pages': `Tệp có quá ${MOST_PAGES} trang. Hãy tách thành nhiều tệp.`,
  },
};

export type SlidesDeskWords = Shape<typeof vi>;
/** Words of those who prepare and show slides. */
export const slidesDeskWords = defineWords(vi, () => import('./desk.en.ts'));
