import { z } from 'zod';

/** Settings that are the same on every node, since what they say is on record, or is said to clients. */
export const EQUAL = [
  'PUBLIC_URL',
  'ATTENDANCE_PERCENT',
  'ATTENDANCE_LAST_ROUND',
  'ATTENDANCE_RECONNECT_SECONDS',
  'SUPPORT_TELEPHONE',
  'WEBHOOK_URLS',
  'LIVEKIT_API_KEY',
  'LIVEKIT_API_SECRET',
] as const;

/** NJ3: what a node tells one that joins it. */
export const joinPackageSchema = z.object({
  /** Its name, which the other one may not have. */
  node: z.string(),
  stores: z.object({
    databaseUrl: z.string(),
    redisUrl: z.string(),
    /** Certificates of the authorities, as PEM. */
    databaseCa: z.string().optional(),
    redisCa: z.string().optional(),
  }),
  settings: z.partialRecord(z.enum(EQUAL), z.string()),
  /** Files, as they are. */
  apiKeys: z.string().optional(),
  receiptKeys: z.string().optional(),
});
export type JoinPackage = z.output<typeof joinPackageSchema>;
