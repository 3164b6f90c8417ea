import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';

/** Raised when nodes of neighbouring versions would misread each other. */
const VERSION = 1;

/**
 * What stands around each message: who sent it. A process that starts anew is another sender, so it has a boot of its
 * own.
 */
const envelopeSchema = z.object({
  v: z.literal(VERSION),
  node: z.string().min(1).max(200),
  boot: uuidSchema,
  body: z.unknown(),
});
export type Envelope = z.output<typeof envelopeSchema>;
export type Sender = Pick<Envelope, 'node' | 'boot'>;

export const write = ({ node, boot }: Sender, body: unknown): string =>
  JSON.stringify({ v: VERSION, node, boot, body });

/** @returns what is wrong with it, when it is no envelope of this version */
export function open(text: string): Envelope | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `no JSON: ${error instanceof Error ? error.message : error}`;
  }
  const { success, data, error } = envelopeSchema.safeParse(json);
  return success ? data : z.prettifyError(error);
}
