import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Sân khấu',
  show: 'Lên sân khấu',
  clear: 'Rời sân khấu',
  shown: 'Mọi người đang xem số liệu này',
  other: (name: string) => `Trên sân khấu đang là: ${name}`,
  hidden: 'Hiện không ai thấy: hình phát tới mọi người chỉ có người',
  view: 'Dạng trên sân khấu',
  views: { map: 'Bản đồ', series: 'Diễn biến', table: 'Bảng' },
  byName: (count: string) => `Hiện tên từng đơn vị (${count})`,
  confirmTitle: 'Hiện tên từng đơn vị trên sân khấu?',
  confirmBody: (count: string) => `Mọi người sẽ thấy giá trị của ${count} đơn vị, theo tên từng đơn vị, như lúc này.`,
  confirm: (count: string) => `Hiện ${count} đơn vị`,
  notStaged: 'Số liệu này không đưa lên sân khấu.',
  pointing: 'Chọn một đơn vị để chỉ cho mọi người.',
};

export type FigureStageWords = Shape<typeof vi>;
/** Words of whoever puts figures on the stage. */
export const figureStageWords = defineWords(vi, () => import('./stage.en.ts'));
