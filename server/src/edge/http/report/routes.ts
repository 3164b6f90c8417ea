import { z } from 'zod';
import { type Reports, reportTypes } from '../../../domain/report/Reports.ts';
import type { SessionReports } from '../../../domain/report/SessionReports.ts';
import type { Summaries } from '../../../domain/report/Summaries.ts';
import { askReportSchema, briefingSummarySchema, heldSessionsSchema, reportSchema } from '../../../protocol/report.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });

/** Files to take along, and a briefing on one page. */
export const reportRoutes = (reports: Reports, summaries: Summaries, sessions: SessionReports): Route[] => [
  route({
    method: 'post',
    path: '/api/reports',
    summary: "Ask for a report of the caller's territory; it is made in the background.",
    access: 'session',
    body: askReportSchema,
    answer: reportSchema,
    handle: ({ caller: { account }, body }) => reports.ask(account, body),
  }),
  route({
    method: 'get',
    path: '/api/reports/{id}',
    summary: 'How far a report is.',
    access: 'session',
    params,
    answer: reportSchema,
    handle: ({ caller: { account }, params: { id } }) => reports.read(account, id),
  }),
  route({
    method: 'get',
    path: '/api/reports/{id}/file',
    summary: 'The file of a report that is ready.',
    access: 'session',
    params,
    files: Object.values(reportTypes),
    handle: async ({ caller: { account }, params: { id } }) => new FileAnswer(await reports.file(account, id)),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/summary',
    summary: "The briefing on one page, within the caller's territory.",
    access: 'session',
    params,
    answer: briefingSummarySchema,
    handle: ({ caller: { account }, params: { id } }) => summaries.read(account, id),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/sessions',
    summary: "Sessions that units of the caller's territory hold or held for themselves: each has reports of its own.",
    access: 'session',
    params,
    answer: heldSessionsSchema,
    handle: async ({ caller: { account }, params: { id } }) => ({ sessions: await sessions.list(account, id) }),
  }),
];
