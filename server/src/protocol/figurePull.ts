import { z } from 'zod';
import { figureMoment } from './figure.ts';

/** FG64: why nothing came when a source was asked. */
export const pullFaultSchema = z.enum([
  'unreachable', // no such name, or no connection
  'cut-off', // its answer began, and did not come to its end
  'address', // the name leads to an address that may not be asked
  'certificate', // nobody who is trusted vouches for it
  'slow',
  'redirect', // it sends elsewhere, where nobody goes
  'denied', // it does not take the credential, or wants one
  'gone',
  'status', // any other than 200
  'type', // not the format that was agreed
  'too-large',
  'malformed', // not of its format
  'credential', // the file of the credential cannot be read
  'busy', // this server takes too much at this moment
  'internal',
]);

export type PullFault = z.infer<typeof pullFaultSchema>;

const count = z.number().int().min(0);

/** What came when a source was asked last. */
export const pulledSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('taken'),
    /** Its place among batches; null: nothing of it was recorded. */
    n: z.number().int().nullable(),
    ...{ accepted: count, held: count, unchanged: count, refused: count },
  }),
  /** It says that nothing has changed since. */
  z.object({ is: z.literal('not-modified') }),
  /** With the status of HTTP, where it had one. */
  z.object({ is: z.literal('failed'), fault: pullFaultSchema, status: z.number().int().nullable() }),
]);

export type Pulled = z.infer<typeof pulledSchema>;

/** FG64: how it goes with a source that the server asks. */
export const pullStateSchema = z.object({
  /** null: not yet. */
  asked: z.object({ at: figureMoment, came: pulledSchema }).nullable(),
  /** When it answered well last; null: never. */
  goodAt: figureMoment.nullable(),
  /** How often in a row it went wrong. */
  failures: count,
  /** Rows that were refused then and are kept, for a list of them. */
  errors: count,
  nextAt: figureMoment,
  /** At this moment it is asked; or nobody has, though it was due more than a minute ago. */
  ...{ asking: z.boolean(), overdue: z.boolean() },
});

export type PullState = z.infer<typeof pullStateSchema>;
