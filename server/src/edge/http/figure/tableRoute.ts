import { z } from 'zod';
import type { FigureReading } from '../../../domain/figure/reading/FigureReading.ts';
import { frameFileName, frameTable } from '../../../domain/figure/reading/frameTable.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { toXlsx } from '../../../domain/report/xlsx.ts';
import { indicatorCodeSchema } from '../../../protocol/figure.ts';
import { frameTableSchema } from '../../../protocol/figureReading.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const written = { csv: toCsv, xlsx: toXlsx } as const;
const types = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

/** FG203: what a map or a table shows, as a file for people. */
export const figureTableRoute = (reading: Pick<FigureReading, 'frameFor'>, nameOf: (code: UnitCode) => string): Route =>
  route({
    method: 'get',
    path: '/api/figures/tables/{indicator}',
    summary:
      'All values of an indicator in a territory and a period, as a spreadsheet or as CSV, in the words of people.',
    access: 'session',
    params: z.object({ indicator: indicatorCodeSchema }),
    query: frameTableSchema,
    files: Object.values(types),
    handle: async ({ caller: { account }, params: { indicator }, query: { format, language, ...ask } }) => {
      const frame = await reading.frameFor(account, indicator, { ...ask, rows: 'all' });
      const bytes = written[format](frameTable(frame, { language, nameOf }));
      return new FileAnswer({ name: `${frameFileName(frame, language)}.${format}`, type: types[format], bytes });
    },
  });
