import { z } from 'zod';
import type { ApiError } from '../ApiError.ts';
import { type Answer, type Payload, sendable, type Via } from './sendable.ts';

type Standing<V extends Via> =
  /** On its way, not recorded: sent again and again until the server says. */
  | { readonly status: 'unsent' }
  /** The server acknowledged it, after its commit. The answer bears the receipt. */
  | { readonly status: 'recorded'; readonly answer: Answer<V> }
  /** The server refused it for good; it is sent no more, and shown until somebody has read it. */
  | { readonly status: 'refused'; readonly reason: ApiError['reason']; readonly message: string };

/** One thing that was said on this computer, and what became of it. */
export type OutboxEntry<V extends Via = Via> = {
  [W in V]: {
    /** Idempotency key, of the page's making: repeated with it, it is recorded once. */
    readonly key: string;
    /** Account that said it; one browser may hold several. */
    readonly owner: string;
    readonly via: W;
    readonly payload: Payload<W>;
    /** By this computer's clock. */
    readonly writtenAt: string;
  } & Standing<W>;
}[V];

const common = z.object({
  key: z.string(),
  owner: z.string(),
  via: z.enum(Object.keys(sendable) as [Via, ...Via[]]),
  payload: z.unknown(),
  writtenAt: z.string(),
});
const kept = z.discriminatedUnion('status', [
  common.extend({ status: z.literal('unsent') }),
  common.extend({ status: z.literal('recorded'), answer: z.unknown() }),
  common.extend({ status: z.literal('refused'), reason: z.string(), message: z.string() }),
]);

/**
 * What an older page may have kept is read like anything from outside. @returns undefined when this page does not
 * understand it
 */
export function parseEntry(raw: unknown): OutboxEntry | undefined {
  const entry = kept.safeParse(raw);
  if (!entry.success) return undefined;
  const { via, payload } = entry.data;
  if (!sendable[via].payload.safeParse(payload).success) return undefined;
  if (entry.data.status === 'recorded' && !sendable[via].answer.safeParse(entry.data.answer).success) return undefined;
  return entry.data as OutboxEntry;
}
