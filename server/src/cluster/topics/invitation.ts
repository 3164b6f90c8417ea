import { z } from 'zod';
import { invitationsSchema } from '../../protocol/invitation.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

const sheets = z.object({ account: uuidSchema, id: uuidSchema });

/** IV1: whether sheets of an account are being made at the node. */
export const makingSheetsRequest = {
  name: 'making-sheets',
  ask: z.object({ account: uuidSchema }),
  answer: z.boolean(),
} satisfies RequestDefinition;

/** IV4: how far sheets are that the node makes. */
export const sheetsRequest = {
  name: 'sheets',
  ask: sheets,
  answer: invitationsSchema.nullable(),
} satisfies RequestDefinition;

/** IV4: the file, closed, since it is full of links. */
export const sheetFileRequest = {
  name: 'sheet-file',
  ask: sheets,
  answer: z.object({ closed: z.base64url() }).nullable(),
} satisfies RequestDefinition;

/** IV4: they were taken whole. */
export const takenSheetsRequest = {
  name: 'taken-sheets',
  ask: sheets,
  answer: z.boolean(),
} satisfies RequestDefinition;
