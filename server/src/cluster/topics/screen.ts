import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** CL45: a screen that shows a code. */
const pendingSchema = z.object({
  id: uuidSchema,
  code: z.string().max(20),
  secretHash: z.base64(),
  until: z.iso.datetime(),
});

/** The one that shows this code at the node; there it is used up. */
export const takeCodeRequest = {
  name: 'take-screen-code',
  ask: z.object({ code: z.string().max(20) }),
  answer: pendingSchema.nullable(),
} satisfies RequestDefinition;

export const findCodeRequest = {
  name: 'find-screen-code',
  ask: z.object({ id: z.string().max(100), secretHash: z.base64() }),
  answer: pendingSchema.nullable(),
} satisfies RequestDefinition;

/** Which screens, by their accounts, are connected to the node. */
export const screensRequest = {
  name: 'screens',
  ask: z.object({ accounts: z.array(uuidSchema).readonly() }),
  answer: z.array(uuidSchema),
} satisfies RequestDefinition;
