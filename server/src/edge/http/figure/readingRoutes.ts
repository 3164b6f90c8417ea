import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FigureReading } from '../../../domain/figure/reading/FigureReading.ts';
import type { ReaderKeys } from '../../../domain/figure/reading/ReaderKeys.ts';
import { readingTable } from '../../../domain/figure/reading/readingTable.ts';
import { sdmxTable } from '../../../domain/figure/reading/sdmxTable.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { indicatorCodeSchema } from '../../../protocol/figure.ts';
import {
  frameReadSchema,
  type ReadFrame,
  type ReadSeries,
  readableSchema,
  readFrameSchema,
  readSeriesSchema,
  seriesReadSchema,
} from '../../../protocol/figureReading.ts';
import { FileAnswer, type Route, route, type Told } from '../route.ts';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';
const SDMX_TYPE = 'application/vnd.sdmx.data+csv';
const files = [JSON_TYPE, CSV_TYPE, SDMX_TYPE];

const refuses = [
  'bad-request',
  'unauthenticated',
  'forbidden',
  'outside-territory',
  'not-found',
  'too-large',
  'rate-limited',
  'busy',
  'store-unavailable',
] as const;

/** FG202 */
const told = (json: z.ZodType): Told => ({
  files: {
    [JSON_TYPE]: { json },
    [CSV_TYPE]: { text: 'the same, a line for each row or point, in UTF-8; the first row names the columns' },
    [SDMX_TYPE]: { text: 'the same as SDMX-CSV 2.0, of the dataflow `DH:FIGURES(1.0)`' },
  },
  refuses,
  revalidates: true,
});

type Format = 'json' | 'csv' | 'sdmx';
const params = z.object({ indicator: indicatorCodeSchema });

/** How programs read figures, by keys of their own. */
export function readingRoutes(reading: FigureReading, keys: ReaderKeys): Route[] {
  const keyOf = (key: string | undefined, address: string) => keys.enter(key, address);
  return [
    route({
      method: 'get',
      path: '/api/figures/read',
      summary: 'What a key reads: its territory, its indicators as they are defined now, and until when.',
      ...{ access: 'key', keyOf, told: { refuses } },
      answer: readableSchema,
      handle: ({ caller }) => reading.readable(caller),
    }),
    route({
      method: 'get',
      path: '/api/figures/read/frames/{indicator}',
      summary: 'All values of an indicator in a period: of the units that report, and the sums of those above.',
      ...{ access: 'key', keyOf, files, params, told: told(readFrameSchema) },
      query: frameReadSchema,
      handle: async ({ caller, params: { indicator }, query, headers }) => {
        const frame = readFrameSchema.parse(await reading.frame(caller, indicator, query));
        return written(frame, query.format ?? formatOf(headers.accept));
      },
    }),
    route({
      method: 'get',
      path: '/api/figures/read/series/{indicator}',
      summary: 'Values of an indicator in one unit or territory, period by period.',
      ...{ access: 'key', keyOf, files, params, told: told(readSeriesSchema) },
      query: seriesReadSchema,
      handle: async ({ caller, params: { indicator }, query, headers }) => {
        const series = readSeriesSchema.parse(await reading.series(caller, indicator, query));
        return written(series, query.format ?? formatOf(headers.accept));
      },
    }),
  ];
}

/** FG190 */
function written(answer: ReadFrame | ReadSeries, format: Format): FileAnswer {
  const bytes = Buffer.from(JSON.stringify(answer));
  // Weak: of another indicator something may have been recorded, after which this answer is as of a later N.
  const same = JSON.stringify({ ...answer, asOf: null });
  const etag = `W/"${createHash('sha256').update(`${format} ${same}`).digest('base64url')}"`;
  if (format === 'csv')
    return new FileAnswer({
      ...{ name: `${answer.indicator}.csv`, type: CSV_TYPE, bytes: toCsv(readingTable(answer)), etag },
    });
  if (format === 'sdmx')
    return new FileAnswer({
      ...{ name: `${answer.indicator}.sdmx.csv`, type: `${SDMX_TYPE}; version=2.0.0`, etag },
      bytes: toCsv(sdmxTable(answer), ''),
    });
  return new FileAnswer({ name: `${answer.indicator}.json`, type: JSON_TYPE, bytes: once(bytes), etag });
}

/** RFC 9110, 12.5.1: what is wanted most, and JSON where that is none of these. */
export function formatOf(accept: string | undefined): Format {
  const wanted = new Map<string, number>();
  for (const one of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...rest] = one.split(';').map((part) => part.trim());
    const q = Number(rest.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    wanted.set(type, Number.isNaN(q) ? 0 : q);
  }
  const of = (type: string): number => wanted.get(type) ?? 0;
  if (of(SDMX_TYPE) > Math.max(of(CSV_TYPE), of(JSON_TYPE))) return 'sdmx';
  return of(CSV_TYPE) > of(JSON_TYPE) ? 'csv' : 'json';
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
