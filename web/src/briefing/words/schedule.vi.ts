import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  when: (hour: string, weekday: string, date: string) => `${hour}, ${weekday} ngày\u00a0${date}`,
  moved: (to: string) => `Phiên họp dời sang ${to}`,
  from: (before: string) => `Trước là ${before}.`,
  changed: 'Phiên họp có thay đổi',
  cancelled: 'Phiên họp đã huỷ',
  cancelledOf: (title: string) => `Đã huỷ: ${title}`,
  planned: (at: string) => `Lịch cũ: ${at}.`,
  reason: (why: string) => `Lý do: ${why}`,
  begins: (at: string) => `Giờ họp: ${at}`,
  rehearsal: 'DIỄN TẬP',
  rehearsalBody: 'Không có giá trị chính thức',
};

export type ScheduleSignWords = Shape<typeof vi>;
/** Words of what a door says of the schedule, and of a rehearsal. */
export const scheduleSignWords = defineWords(vi, () => import('./schedule.en.ts'));
