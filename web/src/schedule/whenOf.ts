import type { Text } from '../i18n/useText.tsx';
import type { ScheduleWords } from './words/schedule.vi.ts';

/** `14:00, thứ Sáu ngày 27/11/2026`: always with the day, since it is read on another one. */
export const whenOf = (
  iso: string,
  { t, hour, weekday, date }: Pick<Text<ScheduleWords>, 't' | 'hour' | 'weekday' | 'date'>,
): string => t.when(hour(iso), weekday(iso), date(iso));
