import { z } from 'zod';

/** `GET /api/demo/roles`, of a demo alone: ways in for whoever opens its first page. (DC7) */
export const demoRolesSchema = z.object({
  roles: z.array(
    z.object({
      role: z.enum(['principal', 'moderator', 'seat', 'operator']),
      /** Name of the account. */
      name: z.string(),
      /** Its personal link. */
      url: z.url(),
    }),
  ),
});
export type DemoRole = z.infer<typeof demoRolesSchema>['roles'][number];
