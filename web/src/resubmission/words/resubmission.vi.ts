import type { Resubmission } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Gửi lại sau khi khôi phục',
  restored: (when: string) =>
    `Hệ thống đã được khôi phục từ bản sao lưu lúc ${when}. Máy này đã gửi lại các biên nhận từ sau lúc đó:`,
  taken: (n: string) => `${n} nội dung đã được ghi lại vào hồ sơ, với thời điểm trả lời ban đầu.`,
  overtaken: (n: string) => `${n} nội dung được lưu nhưng không tính, vì đơn vị đã trả lời lại sau khi khôi phục.`,
  gone: (n: string) =>
    `${n} nội dung được lưu, nhưng lượt điểm danh hoặc chỉ đạo ấy không còn trong hồ sơ. Đề nghị báo người điều hành.`,
  claimed: (n: string) =>
    `${n} nội dung không có biên nhận mà hệ thống nhận ra. Người điều hành sẽ xem, chưa được tính.`,
  read: 'Đã đọc',
  lead: (backup: string, at: string) =>
    `Hồ sơ được khôi phục lúc ${at} từ bản sao lưu lúc ${backup}. Dưới đây là những gì các đơn vị đã gửi lại.`,
  none: 'Chưa đơn vị nào gửi lại nội dung gì.',
  never: 'Hồ sơ này chưa lần nào được khôi phục từ bản sao lưu.',
  outcome: {
    taken: 'Đã ghi lại',
    overtaken: 'Lưu, không tính: đơn vị đã trả lời lại',
    gone: 'Lưu, không tính: lượt điểm danh hoặc chỉ đạo không còn',
    claimed: 'Máy báo là đã gửi, chưa có bằng chứng',
  } satisfies Record<Resubmission['outcome'], string>,
  kind: { answer: 'Điểm danh', act: 'Chỉ đạo' } satisfies Record<Resubmission['kind'], string>,
  said: {
    chair: 'Chủ tịch trả lời',
    deputy: 'Phó Chủ tịch trả lời',
    substitute: 'Người được uỷ quyền trả lời',
    delivered: 'Đã tới',
    read: 'Đã đọc',
    acknowledge: 'Đã nhận việc',
    refuse: 'Báo chưa thể nhận',
    ask: 'Hỏi lại',
    start: 'Báo đang làm',
    done: 'Báo đã xong',
    'agree-recall': 'Đồng ý thu hồi',
    'refuse-recall': 'Không đồng ý thu hồi',
  } as Readonly<Record<string, string>>,
  first: (when: string) => `lần đầu lúc ${when}`,
  again: (when: string, by: string) => `${by} gửi lại lúc ${when}`,
};

export type ResubmissionWords = Shape<typeof vi>;
/** Words of what is sent again after a restore. */
export const resubmissionWords = defineWords(vi, () => import('./resubmission.en.ts'));
