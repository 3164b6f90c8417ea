import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../setup/place.mjs';

const names = z.record(z.string(), z.string()).default({});
const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  devOptional: z.boolean().default(false),
  optional: z.boolean().default(false),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });

export interface NpmPackage {
  /** Where it lies, from the root of the checkout: one package may be there in several versions. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** Hex; undefined for the workspaces of this project. */
  readonly sha512: string | undefined;
  /** As the package says it. */
  readonly licence: string | undefined;
  readonly scope: 'required' | 'optional' | 'development';
  /** Paths of what it imports. */
  readonly needs: readonly string[];
}

/** The packages of the lockfile, and which of them each one gets when it imports a name. */
export function npmPackages(): NpmPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (entry.link || path === '') return [];
    const wanted = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
    const needs = Object.keys(wanted).map((name) => resolve(packages, path, name));
    const [name] = entry.name ? [entry.name] : path.split('node_modules/').slice(-1);
    const scope = entry.dev || entry.devOptional ? 'development' : entry.optional ? 'optional' : 'required';
    return {
      path,
      name: name ?? path,
      version: entry.version ?? '0',
      sha512: hex(entry.integrity),
      licence: entry.license ?? licenceOf(path),
      scope,
      needs: needs.filter((need) => need !== undefined),
    };
  });
}

/** As Node looks for it: beside the importing package, then further up. A workspace is found by its link. */
function resolve(packages: Record<string, { link: boolean }>, from: string, name: string): string | undefined {
  for (let at = from; ; ) {
    const path = join(at, 'node_modules', name);
    const found = packages[path];
    if (found) return found.link ? Object.keys(packages).find((key) => name.endsWith(`/${key}`)) : path;
    if (at === '') return undefined;
    const up = at.lastIndexOf('/node_modules/');
    at = up === -1 ? '' : at.slice(0, up);
  }
}

function hex(integrity: string | undefined): string | undefined {
  const [, base64] = /(?:^|\s)sha512-(\S+)/.exec(integrity ?? '') ?? [];
  return base64 && Buffer.from(base64, 'base64').toString('hex');
}

const oldStyle = z.object({ licenses: z.array(z.object({ type: z.string() })).min(1) });

/** Old packages say it in another field, which npm does not take into the lockfile; some by the text alone. */
function licenceOf(path: string): string | undefined {
  const [file, text] = [join(root, path, 'package.json'), join(root, path, 'LICENSE')];
  const told = existsSync(file) ? oldStyle.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (told?.success) return told.data.licenses.map(({ type }) => type).join(' OR ');
  return existsSync(text) && readFileSync(text, 'utf8').startsWith('MIT License\n') ? 'MIT' : undefined;
}
