import { z } from 'zod';
import { unitCodeSchema } from './organisation.ts';
import { uuidSchema } from './uuid.ts';

/** `POST /api/briefings/{id}/invitations` */
export const askInvitationsSchema = z.strictObject({ territory: unitCodeSchema });

/** IV7: `GET /api/briefings/{id}/invitations?territory=`: what would be printed; nothing is issued. */
export const invitationPlanQuerySchema = z.object({ territory: unitCodeSchema });
export const invitationPlanSchema = z.object({
  /** Slips, one for each unit that the briefing expects there. */
  units: z.number().int(),
  /** Units that get a first link, beside the code. */
  links: z.number().int(),
  /** Units without an account, whose slips carry no way in. */
  noSeat: z.number().int(),
  /** From when the codes work. */
  begins: z.iso.datetime(),
});
export type InvitationPlan = z.infer<typeof invitationPlanSchema>;

/** `GET /api/invitations/{id}`: how far they are. */
export const invitationsSchema = z.object({
  id: uuidSchema,
  state: z.enum(['making', 'ready', 'failed']),
  done: z.number().int(),
  of: z.number().int(),
  /** First links that were issued for them. */
  issued: z.number().int(),
  fileName: z.string(),
});
export type Invitations = z.infer<typeof invitationsSchema>;
