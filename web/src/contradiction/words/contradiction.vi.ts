import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Hồ sơ không khớp với biên nhận',
  own: (n: number, count: string) =>
    n === 1
      ? 'Hệ thống đang lưu khác với biên nhận mà máy này đã nhận. Biên nhận trên máy này vẫn có giá trị.'
      : `Hệ thống đang lưu khác với ${count} biên nhận mà máy này đã nhận. Các biên nhận trên máy này vẫn có giá trị.`,
  ask: 'Đề nghị lưu bằng chứng và báo người điều hành. Cấp trên của đơn vị cũng được báo.',
  kinds: {
    round_entries: 'Điểm danh',
    directive_acts: 'Chỉ đạo',
    question_acts: 'Câu hỏi',
    figure_entries: 'Số liệu',
  } as Readonly<Record<string, string>>,
  sealed: (when: string) => `ghi nhận lúc ${when}`,
  place: (seal: string, leaf: string) => `niêm phong số ${seal}, vị trí ${leaf}`,
  more: (n: string) => `và ${n} biên nhận khác`,
  save: 'Lưu bằng chứng',
  fold: 'Thu gọn',
  unfold: 'Xem lại',
  read: 'Đã đọc',
  silentTitle: 'Chưa đối chiếu được biên nhận',
  silent: 'Máy chủ chưa trả lời trong một phút. Trang tiếp tục hỏi lại; biên nhận vẫn được giữ trên máy này.',
  leadersTitle: 'Có đơn vị báo hồ sơ không khớp với biên nhận',
  leaders: 'Đề nghị lưu bằng chứng và yêu cầu kiểm tra hồ sơ. Chưa sửa gì trên hệ thống trước khi kiểm tra xong.',
  unproven: 'Chưa chứng minh được biên nhận này do hệ thống cấp',
  foundBy: (who: string, when: string) => `${who} phát hiện lúc ${when}`,
  from: (address: string) => `từ địa chỉ ${address}`,
};

export type ContradictionWords = Shape<typeof vi>;
/** Words of receipts that the record contradicts. */
export const contradictionWords = defineWords(vi, () => import('./contradiction.en.ts'));
