import type { Reminders } from '../../domain/directive/Reminders.ts';
import type { JobHandler } from '../Jobs.ts';
import type { directiveReminder } from './directiveReminder.ts';

/** A reminder is late by this much at most, whatever Redis has lost. */
export const REMINDER_SWEEP_MS = 10_000;

/** Reminds of what is due by PostgreSQL's clock; a job that came early or twice reminds nobody. */
export const handleDirectiveReminder =
  (reminders: Pick<Reminders, 'remind'>): JobHandler<typeof directiveReminder> =>
  ({ directive }) =>
    reminders.remind(directive);
