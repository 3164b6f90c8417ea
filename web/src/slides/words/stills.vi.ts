import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  still: (time: string) => `Ảnh chụp màn hình, cập nhật lúc ${time}`,
  begins: 'Đường truyền yếu: màn hình được xem bằng ảnh chụp, cập nhật mỗi khi thay đổi.',
};

export type StillsWords = Shape<typeof vi>;
export const stillsWords = defineWords(vi, () => import('./stills.en.ts'));
