import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type BatchType, batchFormats } from '../../domain/figure/formats/readBatch.ts';
import { addressList } from '../../lib/addressList.ts';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { sourceCodeSchema } from '../../protocol/figure.ts';
import { LONGEST_REASON } from '../../protocol/limits.ts';
import type { ListedAddress } from './askSource.ts';
import { mayBeAsked } from './mayBeAsked.ts';

const MINUTE_MS = 60_000;
const MINUTES_OF_A_WEEK = 7 * 24 * 60;

const network = z.string().refine((text) => {
  try {
    return text.trim() === text && text !== '' && !text.includes(',') && Boolean(addressList(text));
  } catch {
    return false;
  }
}, 'must be an address or a network');
const address = z
  .url({ protocol: /^https$/ })
  .transform((text) => new URL(text))
  .refine(({ username, password, hash }) => username + password + hash === '', 'has no name, password or # in it');

const listSchema = z.array(
  z.strictObject({
    source: sourceCodeSchema,
    url: address,
    type: z.enum(Object.keys(batchFormats) as [BatchType, ...BatchType[]]),
    everyMinutes: z.number().int().min(1).max(MINUTES_OF_A_WEEK),
    mode: z.enum(['partial', 'whole']).default('partial'),
    /** FG18 */
    reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
    credential: z
      .strictObject({
        file: z.string().min(1),
        header: z
          .string()
          .toLowerCase()
          .regex(/^(authorization|apikey|x-[a-z0-9-]{1,60})$/, 'must be Authorization, apikey or X-…')
          .default('authorization'),
      })
      .optional(),
    ca: z.string().min(1).optional(),
    networks: z.array(network).max(20).default([]),
  }),
);

/**
 * FG40: the sources that an operator has listed, from a file of JSON; files that it names lie beside it.
 * @throws StartRefusal that says what is wrong, and where
 */
export async function readPullList(file: string): Promise<readonly ListedAddress[]> {
  const refused = (why: string, cause?: unknown) => new StartRefusal(`FIGURE_PULLS_FILE: ${file} ${why}`, { cause });
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(code === undefined ? 'is not JSON: correct it' : `cannot be read (${code}): correct it`, error);
  }
  const parsed = listSchema.safeParse(read);
  if (!parsed.success) throw refused(`is not usable:\n${z.prettifyError(parsed.error)}`);
  const folder = dirname(resolve(file));
  return parsed.data.map(({ everyMinutes, credential, ca, ...listed }, i): ListedAddress => {
    const { source, url, networks, type } = listed;
    if (parsed.data.findIndex((one) => one.source === source) !== i) throw refused(`names ${source} twice`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !mayBeAsked(networks)(host))
      throw refused(`names ${host} for ${source}, which is not of the public internet: put it into its networks`);
    return {
      ...{ ...listed, everyMs: everyMinutes * MINUTE_MS },
      asks: createHash('sha256').update(`${type}\n${url.href}`).digest('hex'),
      ca: ca === undefined ? undefined : resolve(folder, ca),
      credential: credential && { ...credential, file: resolve(folder, credential.file) },
    };
  });
}
