import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Số liệu trình chiếu',
  show: 'Chiếu số liệu',
  clear: 'Ngừng chiếu',
  shown: 'Mọi người đang xem số liệu này',
  other: (name: string) => `Đang chiếu: ${name}`,
  hidden: 'Hiện không ai thấy: hình phát tới mọi người chỉ có người',
  view: 'Dạng trình chiếu',
  views: { map: 'Bản đồ', series: 'Diễn biến', table: 'Bảng' },
  byName: (count: string) => `Chiếu tên từng đơn vị (${count})`,
  confirmTitle: 'Chiếu tên từng đơn vị?',
  confirmBody: (count: string) => `Mọi người sẽ thấy giá trị của ${count} đơn vị, theo tên từng đơn vị, như lúc này.`,
  confirm: (count: string) => `Chiếu ${count} đơn vị`,
  notStaged: 'Số liệu này không dùng để chiếu.',
  beside: (n: string, most: string) => `Chiếu kèm số liệu khác (${n}/${most})`,
  besideHint: 'Mỗi số liệu thêm một ô bên dưới: giá trị, độ phủ và diễn biến của cùng địa bàn.',
  pointing: 'Chọn một đơn vị để chỉ cho mọi người.',
};

export type FigureStageWords = Shape<typeof vi>;
/** Words of whoever puts figures on the stage. */
export const figureStageWords = defineWords(vi, () => import('./stage.en.ts'));
