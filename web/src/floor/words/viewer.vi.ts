import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Cách xem trên máy này',
  pin: 'Xem lớn',
  asAll: 'Như mọi người thấy',
  content: 'Nội dung đang trình chiếu',
  smaller: 'Thu nhỏ',
  larger: 'Phóng to',
  times: (n: string) => `${n}×`,
  float: 'Hình trong cửa sổ nổi',
  here: 'Chỉ đổi trên máy này.',
};

export type ViewerWords = Shape<typeof vi>;
/** How one viewer looks at the stage. */
export const viewerWords = defineWords(vi, () => import('./viewer.en.ts'));
