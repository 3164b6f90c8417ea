import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { distribution } from '../setup/place.mjs';
import { ask } from '../setup/run.mjs';
import { cachedWorkers } from '../setup/workerCache.mjs';
import { readElf } from '../support/elf.mjs';

const patchSchema = z.object({ name: z.string(), sha256: z.string() });
const partSchema = z.object({
  version: z.string(),
  origin: z.enum(['npm', 'debian']),
  how: z.string(),
  /** The binary package that tells of new versions: the code was built here from its source. */
  package: z.string().optional(),
  /** Of ours, in the order in which they were applied. */
  patches: z.array(patchSchema).default([]),
});
const manifestSchema = z.object({ sha256: z.string(), parts: z.record(z.string(), partSchema) });

/** Licences of the Debian packages whose code the worker has in it or loads; a new one must be looked up, and added here. */
const LICENCES: readonly { readonly name: RegExp; readonly licence: string }[] = [
  { name: /^libsrtp2/, licence: 'BSD-3-Clause' },
  { name: /^libabsl|^libflatbuffers|^libssl/, licence: 'Apache-2.0' },
  { name: /^libuv1/, licence: 'MIT' },
  { name: /^libstdc\+\+|^libgcc/, licence: 'GPL-3.0-or-later WITH GCC-exception-3.1' },
  { name: /^libc6/, licence: 'LGPL-2.1-or-later' },
  { name: /^libnss3|^libnspr4/, licence: 'MPL-2.0' },
];

export interface WorkerPart {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licence: string | undefined;
  readonly how: string;
}

export interface WorkerProgram {
  readonly file: string;
  readonly sha256: string;
  readonly version: string;
  /** Our changes to mediasoup's source. */
  readonly patches: readonly { readonly name: string; readonly sha256: string }[];
  readonly parts: readonly WorkerPart[];
}

/**
 * The media worker with what is linked into it (from what was kept when it was built) and what it loads (from its ELF headers).
 * @returns undefined where none was built here
 */
export function workerProgram(): WorkerProgram | undefined {
  const [found] = cachedWorkers();
  if (!found) return undefined;
  const manifest = manifestSchema.parse(found.manifest);
  const inside = Object.entries(manifest.parts)
    .filter(([, part]) => part.origin === 'debian')
    .map(([name, part]) => debian(name, part.version, part.how, part.package && 'source'));
  const loaded = readElf(found.file).needed.map((library) => owner(library));
  const sha256 = createHash('sha256').update(readFileSync(found.file)).digest('hex');
  const parts = [...inside, ...new Map(loaded.filter((part) => part !== undefined).map((p) => [p.name, p])).values()];
  const { version = '', patches = [] } = manifest.parts.mediasoup ?? {};
  return { file: found.file, sha256, version, patches, parts };
}

/** The package that a library of this machine comes from. */
function owner(library: string): WorkerPart | undefined {
  const path = ask('ldconfig', ['-p'], { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } })
    ?.split('\n')
    .find((line) => line.trim().startsWith(`${library} `))
    ?.split(' => ')[1];
  if (!path) return undefined;
  // dpkg knows the file by the path at which its package has it, with or without the leading /usr.
  const owners = [path, join('/usr', path)].map((each) => ask('dpkg', ['-S', each]));
  const name = owners.find((each) => each !== undefined)?.split(':')[0];
  const version = name && ask('dpkg-query', ['-W', '-f', versionOnly, name]);
  return name && version ? debian(name, version, 'loaded when it starts; as installed here') : undefined;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills it in
const versionOnly = '${Version}';

function debian(name: string, version: string, how: string, from?: string): WorkerPart {
  const { ID = 'debian', VERSION_ID = '' } = distribution();
  const architecture = from ?? { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? process.arch;
  const [at, of] = [encodeURIComponent(version), encodeURIComponent(name)];
  const purl = `pkg:deb/${ID}/${of}@${at}?arch=${architecture}&distro=${ID}-${VERSION_ID}`;
  return { name, version, purl, licence: LICENCES.find((each) => each.name.test(name))?.licence, how };
}

/** What mediasoup carries in its own source, by the licence files that lie there. */
export function carried(): { name: string; licence: string }[] {
  const worker = join(import.meta.dirname, '../../node_modules/mediasoup/worker');
  const known = [
    { name: 'libwebrtc', file: 'deps/libwebrtc/LICENSE', licence: 'BSD-3-Clause' },
    { name: 'dcsctp', file: 'src/RTC/SCTP/LICENSE', licence: 'BSD-3-Clause' },
  ];
  return known.filter(({ file }) => existsSync(join(worker, file)));
}
