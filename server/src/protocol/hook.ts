import { z } from 'zod';
import { uuidSchema } from './uuid.ts';

/** WH3: acts that others wait for. */
export const hookEventSchema = z.enum([
  'directive.given',
  'directive.acknowledged',
  'directive.overdue',
  'round.closed',
  'figure.complete',
]);
export type HookEvent = z.infer<typeof hookEventSchema>;

const directive = z.object({
  directive: uuidSchema,
  number: z.int(),
  year: z.int(),
  issuer: z.string(),
  /** Left out where the maker of the hook may not read it. */
  title: z.string().optional(),
});
const deadline = z.iso.datetime();
const units = z.int().nonnegative();
const bodyOf = <T extends z.ZodType>(type: HookEvent | 'test', data: T) =>
  z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data });

/** WH4, WH6, WH15: bodies of what is delivered, by their type; numbers are of units of the territory. */
export const hookBodySchemas: Readonly<Record<HookEvent | 'test', z.ZodType>> = {
  'directive.given': bodyOf('directive.given', directive.extend({ deadline: deadline.nullable(), addressees: units })),
  'directive.acknowledged': bodyOf(
    'directive.acknowledged',
    directive.extend({ unit: z.string(), promised: z.iso.date().nullable() }),
  ),
  'directive.overdue': bodyOf('directive.overdue', directive.extend({ deadline: deadline.nullable(), behind: units })),
  'round.closed': bodyOf(
    'round.closed',
    z.object({ round: uuidSchema, briefing: uuidSchema, nr: z.int(), asked: units, question: z.string().optional() }),
  ),
  'figure.complete': bodyOf(
    'figure.complete',
    z.object({
      indicator: z.string(),
      /** Its start. */
      period: z.iso.datetime(),
      /** Code of the territory. */
      unit: z.string(),
      because: z.enum(['covered', 'due']),
      /** Units that have said a value of this period, of those that are expected. */
      said: units,
      expected: units,
      /** Sequence number up to which it was looked at. */
      n: units,
      simulated: z.boolean(),
    }),
  ),
  test: bodyOf('test', z.object({ hook: uuidSchema })),
};

export const LONGEST_HOOK_NAME = 100;
export const LONGEST_HOOK_URL = 500;

/** `POST /api/hooks` */
export const makeHookSchema = z.object({
  name: z.string().trim().min(1).max(LONGEST_HOOK_NAME),
  url: z.url({ protocol: /^https?$/ }).max(LONGEST_HOOK_URL),
  /** Code of a unit; it and everything below it. */
  territory: z.string().min(1).max(64),
  events: z.array(hookEventSchema).min(1).max(hookEventSchema.options.length),
});
export type MakeHook = z.infer<typeof makeHookSchema>;

export const hookSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  url: z.string(),
  territory: z.object({ code: z.string(), name: z.string() }),
  events: z.array(hookEventSchema),
  state: z.enum(['active', 'paused', 'stopped']),
  /** Why the server stopped it: the receiver said that it is gone, or its maker may not have it any more. */
  stopped: z.enum(['gone', 'maker']).nullable(),
  madeAt: z.iso.datetime(),
  by: z.string(),
  /** Until when the secret before signs as well. */
  oldUntil: z.iso.datetime().nullable(),
  waiting: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  lastDelivered: z.iso.datetime().nullable(),
});
export type Hook = z.infer<typeof hookSchema>;
export const hooksPageSchema = z.object({ hooks: z.array(hookSchema) });
export type HooksPage = z.infer<typeof hooksPageSchema>;

/** Said once, when it is made. */
export const hookSecretSchema = z.object({ id: uuidSchema, secret: z.string() });
export type HookSecret = z.infer<typeof hookSecretSchema>;

export const hookStateSchema = z.object({ state: z.enum(['active', 'paused']) });

/** Why an attempt failed. */
export const hookFaultSchema = z.enum([
  'address', // the name leads to an address that may not be reached
  'connection', // nobody answers there
  'certificate', // TLS did not prove who it is
  'timeout',
  'redirect', // it answered with another address, which is not followed
  'status', // it answered with a status of 400 or more
  'gone', // 410
  'full', // too many waited
]);
export type HookFault = z.infer<typeof hookFaultSchema>;

/** What could not be delivered, or waits to be tried again. */
export const hookFailureSchema = z.object({
  hook: uuidSchema,
  event: z.string(),
  kind: z.union([hookEventSchema, z.literal('test')]),
  at: z.iso.datetime(),
  attempts: z.int().nonnegative(),
  lastAt: z.iso.datetime().nullable(),
  /** Of an answer with its status: `status 500`. */
  fault: hookFaultSchema.nullable(),
  status: z.int().nullable(),
  /** null: it is given up. */
  nextAt: z.iso.datetime().nullable(),
});
export type HookFailure = z.infer<typeof hookFailureSchema>;
export const hookFailuresSchema = z.object({ failures: z.array(hookFailureSchema), more: z.boolean() });
export type HookFailures = z.infer<typeof hookFailuresSchema>;

export const hookEventNameSchema = z.object({ event: z.string().min(1).max(200) });
