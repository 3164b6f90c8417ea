import { z } from 'zod';
import { listFile, listTable } from '../../../domain/readiness/listTable.ts';
import type { ReadinessBoard } from '../../../domain/readiness/ReadinessBoard.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { reportTypes } from '../../../domain/report/Reports.ts';
import { toXlsx } from '../../../domain/report/xlsx.ts';
import {
  readinessListSchema,
  readinessPageSchema,
  readinessQuerySchema,
  tellCheckSchema,
} from '../../../protocol/readiness.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const formats = { csv: toCsv, xlsx: toXlsx } as const;

/** Which devices were tried before a briefing. */
export const readinessRoutes = (readiness: ReadinessBoard): Route[] => [
  route({
    method: 'post',
    path: '/api/readiness',
    summary: 'What the check of this device found.',
    access: 'session',
    body: tellCheckSchema,
    handle: ({ caller, body, headers }) => readiness.tell(caller, body, headers['user-agent'] ?? ''),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/readiness',
    summary: 'Which units of a briefing have tried their devices, in path order, with figures.',
    access: 'session',
    params,
    query: readinessQuerySchema,
    answer: readinessPageSchema,
    handle: ({ caller: { account }, params: { id }, query }) =>
      readiness.page(account, id, { root: query.root, state: query.state, after: query.after, limit: query.limit }),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/readiness/list',
    summary: 'The same with telephone numbers, as a file.',
    access: 'session',
    params,
    query: readinessListSchema,
    files: Object.values(reportTypes),
    handle: async ({ caller: { account }, params: { id }, query: { root, state, format, language } }) => {
      const table = listTable(language, await readiness.list(account, id, { root, state }));
      const name = `${listFile[language]}-${root ?? account.unit.code}.${format}`;
      return new FileAnswer({ name, type: reportTypes[format], bytes: formats[format](table) });
    },
  }),
];
