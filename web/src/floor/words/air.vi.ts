import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: (where: string) => `Sắp phát tới ${where}`,
  everybody: 'mọi người',
  room: (name: string) => `phòng họp ${name}`,
  in: (n: number) => `Phát sau ${n}`,
  now: 'Đang lên sóng',
  by: (name: string) => `${name} mời lên sóng.`,
  notYet: 'Chưa ai thấy hình, nghe tiếng cho tới khi đếm hết.',
  /** PN36 */
  carded: 'Mọi người đang thấy thẻ chờ: đếm hết rồi vẫn chưa ai thấy hình, nghe tiếng.',
  no: 'Không',
  mine: 'Hình sắp được phát',
};

export type AirWords = Shape<typeof vi>;
/** Words of the seconds before whoever is invited is on air. */
export const airWords = defineWords(vi, () => import('./air.en.ts'));
