import { errorTable } from '../../../domain/figure/errorTable.ts';
import type { FigureIntake } from '../../../domain/figure/FigureIntake.ts';
import { batchFormats, readBatch } from '../../../domain/figure/formats/readBatch.ts';
import type { KeyHolder, SourceKeys } from '../../../domain/figure/SourceKeys.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { refuse } from '../../../protocol/errors.ts';
import {
  type BatchAnswer,
  type BatchAsk,
  batchAnswerSchema,
  batchAskSchema,
  dataValueSetSchema,
  figureLineSchema,
} from '../../../protocol/figureBatch.ts';
import { MOST_BATCH_ERRORS } from '../../../protocol/limits.ts';
import { type Asked, FileAnswer, type Route, route, type Told, type Uploaded } from '../route.ts';

type Sent = Pick<Asked<undefined, BatchAsk, Uploaded, KeyHolder>, 'query' | 'body' | 'caller' | 'headers'>;
const uploads = Object.keys(batchFormats);

/** FG202 */
const told = {
  uploads: {
    'application/x-ndjson': { line: figureLineSchema },
    'text/csv': {
      text: 'RFC 4180 in UTF-8, with the header `indicator,unit,period,value`, and `status` and `seen` if wanted',
    },
    'application/vnd.sdmx.data+csv': {
      text: 'SDMX-CSV with INDICATOR, REF_AREA, TIME_PERIOD, OBS_VALUE, and OBS_STATUS if wanted; labels=id',
    },
    'application/json': { json: dataValueSetSchema },
  },
  files: { 'text/csv': { text: 'with the header `row,column,value,reason,vi,en`' } },
  refuses: [
    'bad-request',
    'unauthenticated',
    'forbidden',
    'too-slow',
    'conflict',
    'too-large',
    'rate-limited',
    'node-full',
    'store-unavailable',
    'record-unwritable',
  ],
} as const satisfies Told;

/** How platforms send figures, and ask what is wrong with them. @param taken told of each answer */
export function batchRoutes(intake: FigureIntake, keys: SourceKeys, taken: (answer: BatchAnswer) => void): Route[] {
  const keyOf = (key: string | undefined, address: string) => keys.enter(key, address);
  const take = (sent: Sent): Promise<BatchAnswer> => intake.admit(sent.caller.source, () => admitted(sent));
  const admitted = async ({ query, body, caller, headers }: Sent): Promise<BatchAnswer> => {
    const packed = isPacked(headers['content-encoding']);
    const { rows, unread, hash } = await readBatch(body.bytes, typeOf(body.type), packed, body.hold);
    const by = { bodyHash: hash.toString('hex'), by: caller.source.name, keyHash: caller.keyHash };
    return intake.take(caller.source, rows, { ...query, ...by, unread });
  };
  return [
    route({
      method: 'post',
      path: '/api/figures/batches',
      summary: 'Records a batch of figures of a source, and answers after the commit what became of each row.',
      ...{ access: 'key', keyOf, uploads, inflates: true, told },
      query: batchAskSchema,
      answer: batchAnswerSchema,
      handle: async (asked) => {
        const answer = await take(asked);
        if (!answer.dryRun) taken(answer);
        const { simulated } = asked.caller.source;
        const errors = answer.errors.slice(0, MOST_BATCH_ERRORS);
        return { ...answer, errors, ...(simulated && { simulated }) };
      },
    }),
    route({
      method: 'post',
      path: '/api/figures/batches/errors',
      summary: 'All that is wrong with a batch, as CSV; nothing is recorded.',
      ...{ access: 'key', keyOf, uploads, inflates: true, told },
      query: batchAskSchema,
      files: ['text/csv'],
      handle: async ({ query, ...asked }) => {
        const { errors } = await take({ ...asked, query: { ...query, dryRun: true } });
        return new FileAnswer({ name: 'errors.csv', type: 'text/csv', bytes: toCsv(errorTable(errors)) });
      },
    }),
  ];
}

const typeOf = (type: string): keyof typeof batchFormats => type as keyof typeof batchFormats;

function isPacked(encoding: string | undefined): boolean {
  if (encoding === undefined || encoding === 'identity') return false;
  if (encoding.toLowerCase() === 'gzip') return true;
  throw refuse('bad-request', {
    vi: `Một lô được nén bằng gzip hoặc không nén, không nén bằng ${encoding}`,
    en: `a batch is packed as gzip or not at all, not as ${encoding}`,
  });
}
