import type { DayFieldWords } from './dayField.vi.ts';

export const en: DayFieldWords = {
  day: 'Day',
  hour: 'Time',
  pattern: 'dd/mm/yyyy',
  hourPattern: 'hh:mm',
  calendar: 'Choose from a calendar',
  noDay: 'There is no such day. Write it like 27/11/2026.',
  outside: 'This day cannot be chosen.',
  noHour: 'There is no such time. Write it like 17:00.',
};
