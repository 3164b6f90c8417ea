import { z } from 'zod';
import { unitCodeSchema } from './organisation.ts';
import { uuidSchema } from './uuid.ts';

/** IV2: for units without a device that is signed in, or for every unit, which ends earlier links. */
export const invitationLinksSchema = z.enum(['missing', 'all']);
export type InvitationLinks = z.infer<typeof invitationLinksSchema>;

/** `POST /api/briefings/{id}/invitations` */
export const askInvitationsSchema = z.strictObject({ territory: unitCodeSchema, links: invitationLinksSchema });

/** `GET /api/invitations/{id}`: how far they are. */
export const invitationsSchema = z.object({
  id: uuidSchema,
  state: z.enum(['making', 'ready', 'failed']),
  done: z.number().int(),
  of: z.number().int(),
  /** Links that were issued for them. */
  issued: z.number().int(),
  fileName: z.string(),
});
export type Invitations = z.infer<typeof invitationsSchema>;
