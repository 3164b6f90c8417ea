import type { ScheduleSignWords } from './schedule.vi.ts';

export const en: ScheduleSignWords = {
  when: (hour, weekday, date) => `${hour}, ${weekday} ${date}`,
  moved: (to) => `The briefing has been moved to ${to}`,
  from: (before) => `Previously ${before}.`,
  changed: 'The briefing details have changed',
  cancelled: 'The briefing has been cancelled',
  cancelledOf: (title) => `Cancelled: ${title}`,
  planned: (at) => `It was planned for ${at}.`,
  reason: (why) => `Reason: ${why}`,
  begins: (at) => `Starts at ${at}`,
  rehearsal: 'REHEARSAL',
  rehearsalBody: 'Not official',
};
