import { z } from 'zod';
import { errorTable } from '../../../domain/figure/errorTable.ts';
import { unpacked } from '../../../domain/figure/formats/unpacked.ts';
import type { FigureUploads } from '../../../domain/figure/upload/FigureUploads.ts';
import type { UploadFile } from '../../../domain/figure/upload/readUpload.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { sourceCodeSchema } from '../../../protocol/figure.ts';
import { type BatchAnswer, batchAnswerSchema } from '../../../protocol/figureBatch.ts';
import {
  figureUploadQuerySchema,
  uploadPlanQuerySchema,
  uploadPlanSchema,
  uploadTypes,
} from '../../../protocol/figureUpload.ts';
import type { NumberStyle } from '../../../protocol/figureValue.ts';
import { MOST_BATCH_ERRORS } from '../../../protocol/limits.ts';
import { FileAnswer, type Route, route, type Uploaded } from '../route.ts';

const access = 'session';
const params = z.object({ source: sourceCodeSchema });

/** FG74: files of figures, handed in by people. @param taken told of each answer */
export const uploadRoutes = (uploads: FigureUploads, taken: (answer: BatchAnswer) => void): Route[] => [
  route({
    method: 'post',
    path: '/api/figures/uploads/{source}/plans',
    summary: 'What recording this file would change, the largest jumps first, and what is wrong with it.',
    ...{ access, params, uploads: uploadTypes },
    query: uploadPlanQuerySchema,
    answer: uploadPlanSchema,
    right: ['figure.upload'],
    handle: ({ caller: { account }, params: { source }, query: { style }, body }) =>
      uploads.plan(account, source, () => fileOf(body, style)),
  }),
  route({
    method: 'post',
    path: '/api/figures/uploads/{source}/errors',
    summary: 'All that is wrong with a file of figures, as CSV; nothing is recorded.',
    ...{ access, params, uploads: uploadTypes },
    query: uploadPlanQuerySchema,
    files: ['text/csv'],
    right: ['figure.upload'],
    handle: async ({ caller: { account }, params: { source }, query: { style }, body }) => {
      const errors = await uploads.errors(account, source, () => fileOf(body, style));
      return new FileAnswer({ name: 'errors.csv', type: 'text/csv', bytes: toCsv(errorTable(errors)) });
    },
  }),
  route({
    method: 'post',
    path: '/api/figures/uploads/{source}',
    summary: 'Records what is good of a file of figures, and answers after the commit what became of each row.',
    ...{ access, params, uploads: uploadTypes },
    query: figureUploadQuerySchema,
    answer: batchAnswerSchema,
    right: ['figure.upload'],
    handle: async ({ caller: { account }, params: { source }, query: { style, ...named }, body }) => {
      const answer = await uploads.record(account, source, () => fileOf(body, style), named);
      taken(answer);
      return { ...answer, errors: answer.errors.slice(0, MOST_BATCH_ERRORS) };
    },
  }),
];

async function fileOf({ type, bytes }: Uploaded, style: NumberStyle): Promise<UploadFile> {
  const pieces: Buffer[] = [];
  for await (const piece of unpacked(bytes, false)) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), format: type === uploadTypes[0] ? 'csv' : 'xlsx', style };
}
