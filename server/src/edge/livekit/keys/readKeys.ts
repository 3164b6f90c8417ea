import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { urlsIn } from '../../../config.ts';
import { SecretFile } from '../../../lib/SecretFile.ts';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import type { ApiKey } from './apiKey.ts';
import { addKey } from './changes.ts';
import { changeKeyFile, readKeyFile } from './keyFile.ts';

export interface KeySettings {
  readonly DATA_DIR: string;
  readonly API_KEYS_FILE?: string | undefined;
  readonly LIVEKIT_API_KEY?: string | undefined;
  readonly LIVEKIT_API_SECRET?: string | undefined;
  readonly WEBHOOK_URLS: string;
}

const EVERY_ROOM = '*';

export const keyFilePath = ({ API_KEYS_FILE, DATA_DIR }: KeySettings): string =>
  API_KEYS_FILE ?? join(DATA_DIR, 'api-keys.json');

/**
 * All keys of this installation: the one of the environment, which has every room, and those of the file.
 * @throws StartRefusal when they cannot be used
 */
export async function readKeys(settings: KeySettings): Promise<{ keys: readonly ApiKey[]; hasFile: boolean }> {
  const path = keyFilePath(settings);
  const filed = await readKeyFile(path);
  const own = ownKey(settings);
  if (own && filed?.some(({ name }) => name === own.name))
    throw new StartRefusal(`the API key ${own.name} is in LIVEKIT_API_KEY and in ${path}: take it out of one of them`);
  const keys = [...(own ? [own] : []), ...(filed ?? [])];
  return { keys: withWebhooks(keys, settings.WEBHOOK_URLS), hasFile: filed !== undefined };
}

/**
 * The first start makes one key for every room, so that there is one to begin with; where the environment names one, or
 * there is a file, nothing is made. The pair of an earlier version goes into the file.
 */
export async function makeFirstKey(settings: KeySettings): Promise<void> {
  const path = keyFilePath(settings);
  if (ownKey(settings)) return;
  const formerPath = join(settings.DATA_DIR, 'livekit-key.json');
  const former = await SecretFile.open(formerPath);
  const [name, secret] = [former.get('key'), former.get('secret')];
  if (!secret && (await readKeyFile(path))) return;
  await changeKeyFile(path, (keys) => {
    if (!name || !secret) return addKey(keys, { name: 'default', rooms: [EVERY_ROOM] });
    if (keys.some((key) => key.name === name)) return keys;
    return [...keys, { name, rooms: [EVERY_ROOM], webhooks: [], secrets: [{ secret, until: undefined }] }];
  });
  await rm(formerPath, { force: true });
}

function ownKey({ LIVEKIT_API_KEY: name, LIVEKIT_API_SECRET: secret }: KeySettings): ApiKey | undefined {
  if (!name && !secret) return undefined;
  if (name && secret) return { name, rooms: [EVERY_ROOM], webhooks: [], secrets: [{ secret, until: undefined }] };
  throw new StartRefusal('LIVEKIT_API_KEY and LIVEKIT_API_SECRET belong together: set both or none');
}

/** WEBHOOK_URLS come with no key of their own: they get what the first key does that has every room. */
function withWebhooks(keys: readonly ApiKey[], urls: string): readonly ApiKey[] {
  const more = urlsIn(urls);
  const first = keys.find(({ rooms }) => rooms.includes(EVERY_ROOM));
  return keys.map((key) => (key === first ? { ...key, webhooks: [...new Set([...key.webhooks, ...more])] } : key));
}
