import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import { type BusKeys, MAC_LENGTH } from './BusKeys.ts';

/** Raised when nodes of neighbouring versions would misread each other. */
export const MESSAGE_VERSION = 2;

/**
 * What stands around each message: who sent it, and when. A process that starts anew is another sender, so it has a boot
 * of its own, and counts what it says from 1.
 */
const envelopeSchema = z.object({
  v: z.literal(MESSAGE_VERSION),
  node: z.string().min(1).max(200),
  boot: uuidSchema,
  number: z.int().positive(),
  /** Milliseconds of PostgreSQL's clock, which nodes have in common. */
  at: z.number(),
  body: z.unknown(),
});
export type Envelope = z.output<typeof envelopeSchema>;
export type Sender = Pick<Envelope, 'node' | 'boot'>;

/** What is wrong with a text that is not obeyed. */
export interface Unusable {
  readonly why: 'signature' | 'envelope';
  readonly problem: string;
}

/** @param place the channel that it is said on */
export function write(keys: BusKeys, place: string, { node, boot, number, at, body }: Omit<Envelope, 'v'>): string {
  const text = JSON.stringify({ v: MESSAGE_VERSION, node, boot, number, at, body });
  return keys.sign(place, text) + text;
}

/** CL1: nothing of a text is read before its signature, which comes first, has been found right. */
export function open(keys: BusKeys, place: string, signed: string): Envelope | Unusable {
  const text = signed.slice(MAC_LENGTH);
  if (!keys.isSigned(place, text, signed.slice(0, MAC_LENGTH)))
    return { why: 'signature', problem: 'it is not signed with a secret of this cluster' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { why: 'envelope', problem: `no JSON: ${error instanceof Error ? error.message : error}` };
  }
  const { success, data, error } = envelopeSchema.safeParse(json);
  return success ? data : { why: 'envelope', problem: z.prettifyError(error) };
}
