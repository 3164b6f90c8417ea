import { z } from 'zod';
import { unitPathSchema } from '../../protocol/organisation.ts';
import { stagePictureSchema } from '../../protocol/stageLooks.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** TR15: small pictures of stages of a territory; the node that is asked asks the devices at it for the next ones. */
export const stagePicturesRequest = {
  name: 'stage-pictures',
  ask: z.object({ briefing: uuidSchema, territory: unitPathSchema }),
  answer: z.array(stagePictureSchema),
} satisfies RequestDefinition;

/** TR15: one that came to another node than its page is at. Answers whether it was asked for. */
export const stagePictureRequest = {
  name: 'stage-picture',
  ask: z.object({ briefing: uuidSchema, picture: stagePictureSchema.omit({ at: true }) }),
  answer: z.boolean(),
} satisfies RequestDefinition;
