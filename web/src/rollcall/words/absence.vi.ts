import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  open: 'Báo vắng',
  why: 'Vì sao đơn vị vắng?',
  whyMissing: 'Hãy chọn hoặc ghi lý do, vì điều này được ghi vào hồ sơ.',
  reasons: {
    emergency: 'Đang xử lý việc khẩn tại địa bàn',
    meeting: 'Đang dự cuộc họp khác',
    trip: 'Đang đi công tác',
    leave: 'Nghỉ ốm hoặc nghỉ phép',
  },
  other: 'Lý do khác',
  otherWhy: 'Ghi lý do',
  body: 'Đơn vị được ghi là vắng, kèm lý do. Trước hạn trả lời vẫn sửa lại được.',
  bodyLate: 'Đơn vị được ghi là báo vắng muộn, kèm lý do, và không sửa lại được.',
  send: 'Trả lời: vắng',
  present: 'Quay lại: đơn vị có mặt',
  said: (why: string) => `Báo vắng: ${why}`,
  saidLate: (why: string) => `Báo vắng muộn: ${why}`,
};

export type AbsenceWords = Shape<typeof vi>;
/** Words of a unit that says that it is absent, and why (RC25). */
export const absenceWords = defineWords(vi, () => import('./absence.en.ts'));
