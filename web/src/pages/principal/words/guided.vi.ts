import { defineWords, type Shape } from '../../../i18n/words.ts';

const vi = {
  title: 'Nên thử gì tiếp',
  try: (step: string) => `Thử: ${step}.`,
  next: (step: string, where: string) => `Thử tiếp: ${step}. ${where}`,
  steps: {
    live: 'bắt đầu phát',
    call: 'gọi một xã',
    round: 'điểm danh',
    directive: 'giao chỉ đạo',
    room: 'mở phòng tỉnh',
    figure: 'chiếu số liệu',
  },
  press: (button: string) => `Bấm “${button}” ở dưới hình.`,
  search: 'Trong phòng họp, gõ tên xã vào ô tìm đơn vị, chọn một xã đang kết nối rồi bấm gọi.',
  inTab: (tab: string, button: string) => `Chọn thẻ “${tab}”, rồi “${button}”.`,
  inPart: (part: string, button: string) => `Ở phần “${part}”, chọn “${button}”.`,
  ofFigure: (tab: string, button: string) => `Chọn thẻ “${tab}”, mở một số liệu, rồi bấm “${button}”.`,
  tried: (done: number, of: number) => `Đã thử ${done}/${of} việc`,
  isDone: (step: string) => `${step}: đã thử`,
  all: 'Đã thử hết. Giờ cứ dùng tuỳ ý: đây là bản demo.',
  close: 'Đóng phần gợi ý',
};

export type GuidedWords = Shape<typeof vi>;
/** Words of the guided path through a demo. */
export const guidedWords = defineWords(vi, () => import('./guided.en.ts'));
