import type { Answerer } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Điểm danh',
  asks: (nr: number, by: string) => `Điểm danh lượt ${nr} · ${by} hỏi`,
  announce: (question: string) => `Điểm danh: ${question} Bấm Enter để trả lời.`,
  again: (question: string) => `Nhắc lại, đơn vị chưa trả lời: ${question}`,
  left: 'Còn lại để trả lời',
  deadline: (when: string) => `Hạn trả lời: ${when}`,
  lateNow: (when: string) => `Đã quá hạn lúc ${when}`,
  lateBody: (when: string) => `Trả lời bây giờ vẫn được nhận, và được ghi là trả lời muộn. Nhận tới ${when}.`,
  who: 'Ai trả lời cho đơn vị?',
  answerer: { chair: 'Chủ tịch', deputy: 'Phó Chủ tịch', substitute: 'Người được uỷ quyền' } satisfies Record<
    Answerer,
    string
  >,
  substituteName: 'Họ tên người được uỷ quyền',
  challenge: 'Hai chữ số trên hình',
  challengeHint: 'Nhìn hình đang phát hoặc nghe đọc, rồi gõ hai chữ số vào đây.',
  challengeAtDoor: 'Lần này cần hai chữ số hiện trên hình. Vào phòng họp để thấy, rồi trả lời ở đó.',
  challengeWrong: 'Hai chữ số chưa đúng, chưa có gì được ghi nhận. Xem lại số rồi gõ lại.',
  answer: 'Trả lời: có mặt',
  answerLate: 'Trả lời muộn: có mặt',
  offline: 'Đang mất kết nối với máy chủ. Cứ trả lời: trang giữ lại và tự gửi ngay khi nối được.',
  unsent: 'Đang gửi, chưa ghi nhận',
  unsentBody: 'Cứ để trang này mở. Trang tự gửi lại cho tới khi máy chủ ghi nhận, không cần bấm lại.',
  unsentKept: 'Câu trả lời được giữ trên máy này, cả khi trang bị tải lại.',
  unsentNotKept: 'Trình duyệt này không giữ được: đừng đóng trang trước khi ghi nhận xong.',
  recorded: (when: string) => `Đã ghi nhận lúc ${when}`,
  unconfirmed: (when: string) => `Đã nhận lúc ${when}, chờ xác nhận`,
  unconfirmedBody: 'Người điều hành sẽ xác nhận. Không cần làm gì thêm.',
  onTime: 'Trả lời đúng hạn',
  late: 'Trả lời muộn',
  missed: 'Không trả lời: ghi là vắng',
  asked: 'Chưa trả lời',
  byPerson: (who: string) => `Người trả lời: ${who}`,
  byOfficial: (who: string) => `${who} ghi theo điện thoại`,
  excusedBy: (who: string) => `${who} cho phép vắng`,
  elsewhere: (when: string) => `Đơn vị đã trả lời điểm danh ở máy khác lúc ${when}`,
  closedMissed: 'Lượt điểm danh đã kết thúc, đơn vị được ghi là vắng.',
  receipt: (n: number) => `Biên nhận số ${n}`,
  receiptBody: 'Biên nhận là tệp nhỏ chứng minh câu trả lời đã được ghi vào hồ sơ.',
  download: 'Tải biên nhận',
  downloadOf: (nr: number) => `Tải biên nhận điểm danh lượt ${nr}`,
  toRoom: 'Quay lại phòng họp',
  own: 'Đã trả lời gì',
  ownRound: (nr: number, question: string) => `Lượt ${nr}: ${question}`,
  refusedTitle: 'Một câu trả lời không được ghi nhận',
  refusedRead: 'Đã đọc',
  answered: 'Đã trả lời',
  join: 'Vào phòng họp',
};

export type RollcallWords = Shape<typeof vi>;
/** Words of roll-call as a unit reads them. */
export const rollcallWords = defineWords(vi, () => import('./rollcall.en.ts'));
