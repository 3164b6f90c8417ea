import type { RosterDesk } from '../../../domain/organisation/RosterDesk.ts';
import { csvOf } from '../../../domain/organisation/rosterCsv.ts';
import { rosterTable } from '../../../domain/organisation/rosterWorkbook.ts';
import { toXlsx } from '../../../domain/report/xlsx.ts';
import { refuse } from '../../../protocol/errors.ts';
import { ROSTER_BYTES } from '../../../protocol/limits.ts';
import {
  rosterDoneSchema,
  rosterFileQuerySchema,
  rosterImportQuerySchema,
  rosterPlanQuerySchema,
  rosterPlanSchema,
  rosterTypes,
} from '../../../protocol/rosterImport.ts';
import { FileAnswer, type Route, route, type Uploaded } from '../route.ts';

/** A roster from a file: what it would do, and then exactly that. */
export const rosterRoutes = (desk: RosterDesk): Route[] => [
  route({
    method: 'post',
    path: '/api/roster/plans',
    summary: 'What importing this file would do, or all that is wrong with it; nothing is written.',
    access: 'session',
    query: rosterPlanQuerySchema,
    uploads: rosterTypes,
    answer: rosterPlanSchema,
    right: ['roster.import'],
    handle: async ({ caller, query, body }) => desk.plan(caller.account, await fileOf(query, body)),
  }),
  route({
    method: 'post',
    path: '/api/roster/imports',
    summary: 'Import this file, when it does exactly what was shown under that hash.',
    access: 'session',
    query: rosterImportQuerySchema,
    uploads: rosterTypes,
    answer: rosterDoneSchema,
    right: ['roster.import'],
    handle: async ({ caller, query: { plan, key, ...named }, body }) => ({
      counts: await desk.apply(caller.account, await fileOf(named, body), plan, key),
    }),
  }),
  route({
    method: 'get',
    path: '/api/roster/file',
    summary: 'The caller’s territory as a file that an import takes.',
    access: 'session',
    query: rosterFileQuerySchema,
    files: [...rosterTypes],
    handle: async ({ caller, query: { format } }) => {
      const cells = await desk.cells(caller.account);
      if (format === 'xlsx')
        return new FileAnswer({ name: 'danh-ba.xlsx', type: rosterTypes[1], bytes: toXlsx(rosterTable(cells)) });
      // With a mark that spreadsheets know UTF-8 by.
      const bytes = [Buffer.from(`\uFEFF${csvOf(cells)}`)];
      return new FileAnswer({ name: 'danh-ba.csv', type: 'text/csv', bytes: pieces(bytes) });
    },
  }),
];

async function* pieces(all: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* all;
}

async function fileOf({ file, what }: { file: string; what: 'roster' | 'tiers' }, { type, bytes }: Uploaded) {
  const read: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > ROSTER_BYTES) throw refuse('too-large', `a roster has at most ${ROSTER_BYTES} bytes`);
    read.push(piece);
  }
  const format = type === 'text/csv' ? ('csv' as const) : ('xlsx' as const);
  return { name: file, what, format, bytes: Buffer.concat(read) };
}
