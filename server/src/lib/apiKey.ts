import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SecretFile } from './SecretFile.ts';
import { StartRefusal } from './StartRefusal.ts';

/** The pair that signs and verifies LiveKit tokens: from the environment, else made once and kept in DATA_DIR. There is no default. */
export async function apiKey(config: {
  readonly DATA_DIR: string;
  readonly LIVEKIT_API_KEY?: string | undefined;
  readonly LIVEKIT_API_SECRET?: string | undefined;
}): Promise<{ key: string; secret: string }> {
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = config;
  if (key && secret) return { key, secret };
  if (key || secret) throw new StartRefusal('LIVEKIT_API_KEY and LIVEKIT_API_SECRET belong together: set both or none');
  const file = await SecretFile.open(join(config.DATA_DIR, 'livekit-key.json'));
  const kept = { key: file.get('key'), secret: file.get('secret') };
  if (kept.key && kept.secret) return { key: kept.key, secret: kept.secret };
  const made = { key: `API${randomBytes(6).toString('hex')}`, secret: randomBytes(32).toString('base64url') };
  file.set('key', made.key);
  file.set('secret', made.secret);
  await file.save();
  return made;
}
