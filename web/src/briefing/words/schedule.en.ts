import type { ScheduleSignWords } from './schedule.vi.ts';

export const en: ScheduleSignWords = {
  when: (hour, weekday, date) => `${hour}, ${weekday} ${date}`,
  moved: (to) => `The briefing moves to ${to}`,
  from: (before) => `Before: ${before}.`,
  changed: 'The briefing has changed',
  cancelled: 'The briefing is called off',
  cancelledOf: (title) => `Called off: ${title}`,
  reason: (why) => `Reason: ${why}`,
  begins: (at) => `Begins ${at}`,
  rehearsal: 'REHEARSAL',
  rehearsalBody: 'Not official',
};
