import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  slides: (title: string) => `Trang trình chiếu: ${title}`,
  page: (page: number, size: number) => `Trang ${page} trên ${size}`,
  spoken: (title: string, page: number, size: number) => `${title}: trang ${page} trên ${size}`,
  loading: (page: number) => `Đang tải trang ${page}…`,
  noText: (page: number) => `Trang ${page} chỉ có hình, không có chữ để đọc.`,
  screenOf: (name: string) => `Màn hình của ${name}`,
  screenComes: (name: string) => `Đang lấy màn hình của ${name}…`,
  ownScreen: 'Mọi người đang xem màn hình của máy này.',
  share: 'Chia sẻ màn hình',
  shareEnd: 'Ngừng chia sẻ',
  shareFailed: 'Không chia sẻ được màn hình. Hãy thử lại, hoặc chọn một cửa sổ khác.',
};

export type SlidesWords = Shape<typeof vi>;
export const slidesWords = defineWords(vi, () => import('./slides.en.ts'));
