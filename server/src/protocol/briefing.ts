import { z } from 'zod';
import { LONGEST_LIST_NAME, LONGEST_TITLE, MOST_SUBTREES } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** scheduled -> open (doors open, devices are checked, nobody is on air) -> live -> closed. */
export const briefingStateSchema = z.enum(['scheduled', 'open', 'live', 'closed']);
export type BriefingState = z.infer<typeof briefingStateSchema>;

export const briefingSchema = z.object({
  id: uuidSchema,
  title: z.string(),
  state: briefingStateSchema,
  /** The unit whose subtree sees the main stage. */
  stage: unitPathSchema,
  /** Subtrees that are expected; units outside the scope may not join. */
  scope: z.array(unitPathSchema),
  scheduledAt: z.iso.datetime(),
  openedAt: z.iso.datetime().nullable(),
  liveAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  /** Raised by PostgreSQL alone with each official change of state; a writer with an older one is refused. */
  epoch: z.number().int(),
  /** How many base units (UN6) are expected. */
  expected: z.number().int(),
});
export type Briefing = z.infer<typeof briefingSchema>;

/** `GET /api/briefings`: those that the caller may see, newest first. */
export const briefingListSchema = z.object({ briefings: z.array(briefingSchema) });

/**
 * `POST /api/briefings` (principal, or moderator for their territory). The scope is a set of subtrees, or a saved list
 * by name.
 */
export const createBriefingSchema = z.strictObject({
  title: text(LONGEST_TITLE),
  scheduledAt: z.iso.datetime(),
  stage: unitCodeSchema,
  scope: z.union([
    z.array(unitCodeSchema).min(1).max(MOST_SUBTREES),
    z.strictObject({ list: z.string().min(1).max(LONGEST_LIST_NAME) }),
  ]),
});
export type CreateBriefing = z.infer<typeof createBriefingSchema>;

/** `POST /api/briefings/:id/open|live|close`, with the epoch that the caller saw. */
export const briefingActSchema = z.strictObject({ epoch: z.number().int().optional() });

/** `POST /api/briefings/:id/join`: which node carries this device, and its token for an unmodified LiveKit client. */
export const joinAnswerSchema = z.object({
  url: z.string(),
  token: z.string(),
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** Layers that a camera on stage should send, lowest first; bitrate in bit/s. */
  camera: z
    .array(z.object({ height: z.number().int(), frameRate: z.number().int(), bitrate: z.number().int() }))
    .min(1),
  /** LiveKit identity of this device; the same again after a reload of the page. */
  identity: z.string(),
  briefing: briefingSchema,
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

/**
 * Attributes of a LiveKit participant in a briefing. `identity` is that of the device (`joinAnswer.identity`): who is
 * not told of the green room of its unit knows it by its sid, and reads here who it is when it is on stage.
 */
export const participantAttributes = {
  unit: 'dh.unit',
  path: 'dh.path',
  role: 'dh.role',
  identity: 'dh.identity',
} as const;

export const briefingNotices = {
  /** First after each connection, and at each change of the briefing's state. */
  briefing: briefingSchema,
} as const;
