import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { vietNamWallMs } from '../../lib/vietNamTime.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { USUAL_MINUTES } from './limits.ts';
import { invitationWords, moment } from './words.ts';

/**
 * IV6: the briefing for people's calendars (RFC 5545). The same `UID` for ever and a `SEQUENCE` that follows the epoch, so
 * that a later file takes the place of an earlier one; `CANCEL` takes it out. It has no link: those are secrets.
 * @param now when it is written
 */
export function calendarOf(briefing: Briefing, publicUrl: string, now: Date): string {
  const { id, title, scheduledAt, agenda, epoch, language, rehearsal, notice } = briefing;
  const words = invitationWords[language];
  const cancelled = notice?.kind === 'cancelled';
  const planned = agenda.reduce((sum, { minutes = 0 }) => sum + minutes, 0);
  const start = new Date(scheduledAt);
  const before = notice?.from ? moment(language, vietNamWallMs(notice.from)) : undefined;
  const calendar = ical({
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    prodId: { company: 'dieu-hanh', product: 'dieu-hanh', language: language.toUpperCase() },
  });
  calendar.createEvent({
    ...{ id: `${id}@dieu-hanh`, sequence: epoch - 1, stamp: now, start, url: publicUrl },
    end: new Date(start.getTime() + (planned || USUAL_MINUTES) * 60_000),
    location: words.online,
    summary: rehearsal ? `[${words.rehearsal.split(' - ')[0]}] ${title}` : title,
    description: [
      ...(notice ? [words.notice(notice.kind, before, notice.reason), ''] : []),
      ...agenda.map(({ title: item, by, minutes }, i) =>
        [`${i + 1}. ${item}`, by, minutes && words.minutes(minutes)].filter(Boolean).join(' - '),
      ),
      ...(cancelled ? [] : [`${words.enter}: ${publicUrl}`]),
    ].join('\n'),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
