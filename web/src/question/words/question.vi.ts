import { LONGEST_QUESTION } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  hint: 'Mỗi đơn vị gửi được một câu hỏi mỗi lần. Câu được trả lời thì mọi đơn vị cùng đọc.',
  another: 'Viết câu hỏi khác',
  label: 'Câu hỏi của đơn vị',
  left: (number: string) => `Còn ${number} ký tự`,
  most: `Tối đa ${LONGEST_QUESTION} ký tự.`,
  send: 'Gửi câu hỏi',
  saveChange: 'Gửi nội dung mới',
  cancel: 'Để sau',
  change: 'Sửa',
  withdraw: 'Rút lại',
  withdrawTitle: 'Rút lại câu hỏi này?',
  withdrawBody: 'Câu hỏi không còn trong danh sách chờ. Hồ sơ phiên họp vẫn ghi là đơn vị đã gửi và đã rút.',
  keep: 'Giữ lại',
  sending: 'Đang gửi. Mất đường truyền thì máy này tự gửi lại.',
  refused: 'Câu hỏi chưa được ghi nhận',
  read: 'Đã đọc',
  state: {
    sent: (desk: string | null) => (desk ? `Đã gửi, chờ ${desk} xem` : 'Đã gửi'),
    passed: (desk: string | null) => (desk ? `Đã chuyển lên ${desk}` : 'Đã chuyển lên'),
    chosen: 'Sẽ được trả lời',
    answered: 'Đã trả lời',
    declined: (why: string) => `Không đưa ra trả lời: ${why}`,
    withdrawn: 'Đơn vị đã rút lại',
  },
  joined: 'Ghép chung với câu cùng nội dung của đơn vị khác.',
  changeable: 'Sửa hoặc rút được cho tới khi có người xử lý.',
  sentAt: (time: string) => `Gửi lúc ${time}`,
  onAir: (time: string, by: string) => `${by} trả lời trực tiếp lúc ${time}`,
  inWriting: (by: string, time: string) => `${by} trả lời bằng văn bản lúc ${time}`,
  answeredOnes: (count: string) => `Câu hỏi đã được trả lời (${count})`,
  answeredIn: (briefing: string, date: string, count: string) =>
    `Câu hỏi đã được trả lời (${count}): ${briefing}, ngày ${date}`,
  others: (count: string) => `Cùng nội dung: thêm ${count} đơn vị`,
  earlier: 'Câu hỏi trước của đơn vị',
  bookNone: 'Đơn vị chưa gửi câu hỏi nào.',
  rehearsal: 'Diễn tập',
  failed: 'Chưa tải được. Đang thử lại.',
  announce: (state: string) => `Câu hỏi của đơn vị: ${state}`,
};

export type QuestionWords = Shape<typeof vi>;
/** Words of a unit's questions, and of answers that everybody reads. */
export const questionWords = defineWords(vi, () => import('./question.en.ts'));
