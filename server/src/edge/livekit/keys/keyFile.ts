import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import type { ApiKey } from './apiKey.ts';

const MOST_NAME = 256;
/** Nobody takes so long to write the file: who began is no more. */
const LEFT_MS = 60_000;
const time = z.iso.datetime().transform((text) => Date.parse(text));
const secretSchema = z.strictObject({ secret: z.string().min(32), until: time.optional() });

/** Whether more than its owner and their group read it, as after an editor. */
export const isOpenToAll = async (path: string): Promise<boolean> =>
  ((await stat(path).catch(() => undefined))?.mode ?? 0) % 0o10 !== 0;

/** What may stand in the file for one key; also what `dh keys add` takes. */
export const keySchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits, _ . and - alone, 64 at most'),
  rooms: z
    .array(
      z
        .string()
        .min(1)
        .max(MOST_NAME)
        .regex(/^[^*]*\*?$/, 'the name of a room, or its beginning with * at the end'),
    )
    .min(1, 'at least one room'),
  webhooks: z.array(z.url({ protocol: /^https?$/ })).default([]),
  secrets: z
    .array(secretSchema.transform(({ secret, until }) => ({ secret, until })))
    .min(1)
    .refine(([newest]) => newest?.until === undefined, 'the first, which is the newest, has no end'),
});
const fileSchema = z.strictObject({
  keys: z.array(keySchema).refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length, 'a name twice'),
});

/**
 * The keys of a file; undefined when there is none.
 * @throws StartRefusal when it cannot be used, in words that hold nothing of what is in it
 */
export async function readKeyFile(path: string): Promise<readonly ApiKey[] | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new StartRefusal(`the API keys in ${path} cannot be read (${error.code}): correct it`);
  });
  return text === undefined ? undefined : parse(path, text);
}

function parse(path: string, text: string): readonly ApiKey[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The error would quote what stands beside the mistake.
    throw new StartRefusal(`the API keys in ${path} are no JSON: correct or restore it`);
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data.keys;
  const [issue] = parsed.error.issues;
  throw new StartRefusal(`the API keys in ${path} are wrong at ${issue?.path.join('.') || 'the top'}: correct it`);
}

/**
 * Changes the file, whole or not at all; it stays its owner's, and nobody else reads it.
 * @throws Error when another does so at this moment
 */
export async function changeKeyFile(
  path: string,
  change: (keys: readonly ApiKey[]) => readonly ApiKey[],
): Promise<readonly ApiKey[]> {
  await mkdir(dirname(path), { recursive: true });
  const draft = draftOf(path);
  const file = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new StartRefusal(`another command is changing ${path}; if none is, remove ${draft}`);
  });
  try {
    const keys = change((await readKeyFile(path)) ?? []);
    await file.writeFile(textOf(keys));
    // Written by root, it is still to be read by the account of the server.
    const { uid, gid } = await stat(path).catch(() => stat(dirname(path)));
    if (process.getuid?.() === 0) await file.chown(uid, gid);
    await file.sync();
    await rename(draft, path);
    return keys;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** What a process has left that was killed while it changed the file. */
export async function dropLeftDraft(path: string): Promise<void> {
  const draft = draftOf(path);
  const found = await stat(draft).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > LEFT_MS) await rm(draft, { force: true });
}

const draftOf = (path: string): string => `${path}.new`;

/** As they stand in a file. */
export const textOf = (keys: readonly ApiKey[]): string => `${JSON.stringify({ keys: keys.map(written) }, null, 2)}\n`;

/** @throws Error when it is none that `textOf` has made */
export const keysOf = (text: string): readonly ApiKey[] => fileSchema.parse(JSON.parse(text)).keys;

/** The same for the same keys; tells nothing of them. */
export const markOfKeys = (keys: readonly ApiKey[]): string =>
  createHash('sha256').update(textOf(keys)).digest('base64url');

const written = ({ secrets, ...key }: ApiKey) => ({
  ...key,
  secrets: secrets.map(({ secret, until }) => ({ secret, ...(until && { until: new Date(until).toISOString() }) })),
});
