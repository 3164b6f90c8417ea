import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ApiKey } from './apiKey.ts';
import { keySchema } from './keyFile.ts';

const newSecret = () => ({ secret: randomBytes(32).toString('base64url'), until: undefined });

/** @throws Error when there is one of that name, or what is wanted has not the form */
export function addKey(
  keys: readonly ApiKey[],
  wanted: { readonly name: string; readonly rooms: readonly string[]; readonly webhooks?: readonly string[] },
): readonly ApiKey[] {
  if (keys.some(({ name }) => name === wanted.name)) throw new Error(`there is an API key ${wanted.name} already`);
  const made = keySchema.safeParse({ ...wanted, secrets: [newSecret()] });
  if (!made.success) throw new Error(z.prettifyError(made.error));
  return [...keys, made.data];
}

/**
 * KY3: from now on a new secret signs, and the old one is good for as long as `overlapMs` says; 0 ends it at once. One
 * that was to end sooner does so.
 */
export const rotateKey = (keys: readonly ApiKey[], name: string, overlapMs: number, now: number): readonly ApiKey[] =>
  change(keys, name, (key) => {
    const until = now + overlapMs;
    const old = key.secrets.map((secret) => ({ ...secret, until: Math.min(secret.until ?? until, until) }));
    return [{ ...key, secrets: [newSecret(), ...old.filter((secret) => secret.until > now)] }];
  });

/** KY4: whoever came by it is out. */
export const withdrawKey = (keys: readonly ApiKey[], name: string): readonly ApiKey[] => change(keys, name, () => []);

function change(keys: readonly ApiKey[], name: string, how: (key: ApiKey) => readonly ApiKey[]): readonly ApiKey[] {
  if (!keys.some((key) => key.name === name)) throw new Error(`there is no API key ${name} in the file`);
  return keys.flatMap((key) => (key.name === name ? how(key) : [key]));
}
