import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  looked: (who: string, when: string) => `${who} đã tìm đơn vị lúc ${when}.`,
  what: {
    'not-connected': 'Khi đó đơn vị chưa có máy nào kết nối.',
    'timed-out': 'Chuông đã đổ mà chưa có ai trả lời.',
    cancelled: 'Người gọi đã dừng trước khi đơn vị trả lời.',
  },
  read: 'Đã rõ',
  failed: 'Chưa ghi nhận được, hãy bấm lại.',
};

export type MissedWords = Shape<typeof vi>;
/** Words of calls that came to nobody. */
export const missedWords = defineWords(vi, () => import('./missed.en.ts'));
