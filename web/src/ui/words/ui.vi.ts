import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  loading: 'Đang mở…',
  notLoaded: 'Phần này chưa tải được. Mở lại trang để thử lại.',
  close: 'Đóng',
  cancel: 'Huỷ',
  back: 'Quay lại',
  retry: 'Thử lại',
  undo: 'Hoàn tác',
  copy: 'Sao chép',
  copied: 'Đã sao chép',
  details: 'Chi tiết cho người hỗ trợ',
  fullScreen: 'Toàn màn hình',
  leaveFullScreen: 'Thu nhỏ lại',
  wrong: {
    fill: 'Hãy điền ô này.',
    choose: 'Hãy chọn.',
    form: 'Chưa đúng dạng. Hãy xem lại ô này.',
  },
  seconds: (n: number) => `${n} giây`,
};

export type UiWords = Shape<typeof vi>;
/** Words of pieces that know no business. */
export const uiWords = defineWords(vi, () => import('./ui.en.ts'));
