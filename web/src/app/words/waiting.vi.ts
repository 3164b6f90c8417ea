import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  own: 'Hình và tiếng của máy này',
  ownNote: 'Chỉ máy này thấy và nghe. Chưa gửi đi đâu.',
  title: 'Đơn vị có thể được hỏi gì',
  what: [
    ['Điểm danh.', 'Chọn ai đang trả lời rồi gửi; có khi phải nhập hai chữ số hiện trong hình.'],
    ['Gọi phát biểu.', 'Máy đổ chuông. Bấm “Nhận cuộc gọi” để nói.'],
    ['Chỉ đạo.', 'Đọc, rồi báo đã nhận và giao cho ai.'],
  ] as readonly (readonly [what: string, how: string])[],
};

export type WaitingWords = Shape<typeof vi>;
/** What whoever waits for a briefing sees of themselves, and reads of what comes. */
export const waitingWords = defineWords(vi, () => import('./waiting.en.ts'));
