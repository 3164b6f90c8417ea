import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Hình phát tới mọi người',
  now: (layout: string) => `Hình được chọn: ${layout}`,
  announce: (layout: string) => `Đã chọn hình phát: ${layout}`,
  layouts: {
    auto: 'Tự động',
    principal: 'Chủ trì',
    guest: 'Người phát biểu',
    pair: 'Hai bên',
    principalInset: 'Chủ trì lớn',
    guestInset: 'Người phát biểu lớn',
    gallery4: 'Lưới 4',
    gallery9: 'Lưới 9',
    gallery16: 'Lưới 16',
    content: 'Trình chiếu',
    card: 'Thẻ chờ',
  },
  /** What it does, for those who do not see the little picture. */
  does: {
    auto: 'Ai nói thì hình người đó lớn',
    principal: 'Chỉ hình của người chủ trì',
    guest: 'Chỉ hình của đơn vị lên sau cùng',
    pair: 'Chủ trì và đơn vị phát biểu, hai hình bằng nhau',
    principalInset: 'Hình chủ trì lớn, đơn vị phát biểu ở góc',
    guestInset: 'Hình đơn vị phát biểu lớn, chủ trì ở góc',
    gallery4: 'Tối đa 4 hình bằng nhau',
    gallery9: 'Tối đa 9 hình bằng nhau',
    gallery16: 'Tối đa 16 hình bằng nhau',
    content: 'Nội dung trình chiếu lớn, kèm hình người chủ trì',
    card: 'Thẻ có chữ thay cho hình; micro của mọi người trên sóng tắt, sau đó mỗi người tự bật lại',
  },
  agenda: 'Chương trình',
  firstItem: 'Bắt đầu mục 1',
  nextItem: 'Mục tiếp theo',
  runItem: 'Báo tới mọi người: đang ở mục này',
  stopItem: 'Ngừng báo mục này',
  runs: (nr: number, title: string) => `Đã báo mục đang diễn ra: ${nr}. ${title}`,
  runsNone: 'Không còn báo mục nào',
  runsNow: 'Đang diễn ra',
  overTime: 'Quá giờ',
  minutes: (n: number) => `${n} phút`,
  ofMinutes: (time: string, minutes: number) => `${time} / ${minutes} phút`,
  noContent: 'Chưa có nội dung trình chiếu',
  only: 'Chỉ một hình',
  onlyTitle: 'Chỉ phát hình của một người',
  onlyOne: (name: string) => `Chỉ phát hình của ${name}`,
  cardText: 'Chữ trên thẻ chờ',
  cardUsual: 'Phiên họp tạm nghỉ',
  cardShow: 'Hiện thẻ',
};

export type ProgrammeWords = Shape<typeof vi>;
/** Words of the producer. */
export const programmeWords = defineWords(vi, () => import('./programme.en.ts'));
