import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { profiles } from './profiles.ts';
import { type SfuConfig, sfuConfigSchema } from './settings.ts';

/**
 * Reads the SFU's settings from a YAML file; without a path, the defaults.
 * @throws Error whose message names the file and each key that is wrong or unknown.
 */
export function loadSfuConfig(path?: string): SfuConfig {
  if (path === undefined) return sfuConfigSchema.parse({});
  let raw: unknown;
  try {
    raw = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new Error(`${path} can't be read: ${(error as Error).message}`);
  }
  return parseSfuConfig(raw, path);
}

/** The same for settings that are at hand; `source` is only named in the error. */
export function parseSfuConfig(raw: unknown, source = 'SFU settings'): SfuConfig {
  const head = z.looseObject({ profile: sfuConfigSchema.shape.profile }).safeParse(raw);
  const base = head.success ? profiles[head.data.profile] : {};
  const parsed = sfuConfigSchema.safeParse(overlay(base, raw));
  if (parsed.success) return parsed.data;
  throw new Error(`${source} is not usable:\n${z.prettifyError(parsed.error)}`);
}

/** Objects are merged key by key; lists and plain values of the file replace those of the profile. */
function overlay(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over === undefined ? base : over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, overlay(base[key], over[key])]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
