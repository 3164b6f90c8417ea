import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  day: 'Ngày',
  hour: 'Giờ',
  pattern: 'nn/tt/nnnn',
  hourPattern: 'giờ:phút',
  calendar: 'Chọn trong lịch',
  noDay: 'Không có ngày này. Hãy ghi như 27/11/2026.',
  outside: 'Không chọn được ngày này.',
  noHour: 'Không có giờ này. Hãy ghi như 17:00.',
};

export type DayFieldWords = Shape<typeof vi>;
/** Of fields in which a day or an hour is typed. */
export const dayFieldWords = defineWords(vi, () => import('./dayField.en.ts'));
