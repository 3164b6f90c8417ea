import { z } from 'zod';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** ND10: a call of RoomService that a program made at another node, which found its token good for it. */
export const roomServiceRequest = {
  name: 'roomService',
  ask: z.object({ procedure: z.string(), request: z.base64() }),
  answer: z.union([
    z.object({ answer: z.base64() }),
    z.object({ refused: z.object({ code: z.string(), message: z.string(), meta: z.record(z.string(), z.string()) }) }),
  ]),
} satisfies RequestDefinition;
