import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { systemSources } from '../setup/sources.mjs';
import type { Buildah } from './Buildah.ts';

const RELEASE = 'trixie';
export const BASE = 'localhost/dieu-hanh-base:13';

/** A bare Debian 13 from the mirrors of this machine, as the base image where no registry of images is in reach. */
export async function makeBase(buildah: Buildah, tell: (detail: string) => void): Promise<string> {
  if (await buildah.has(BASE)) return BASE;
  const { archive, security } = mirrors();
  tell(`making a bare Debian 13 from ${archive}: two or three minutes, once`);
  const container = await buildah.from('scratch');
  const place = (await buildah.run(['mount', container], { name: 'buildah-mount' })).trim();
  await run('debootstrap', ['--variant=minbase', RELEASE, place, archive], { name: 'debootstrap', tell });
  const suites = [`deb ${archive} ${RELEASE} main`, `deb ${archive} ${RELEASE}-updates main`];
  if (security) suites.push(`deb ${security} ${RELEASE}-security main`);
  writeFileSync(join(place, 'etc/apt/sources.list'), `${suites.join('\n')}\n`);
  await buildah.run(['umount', container], { name: 'buildah-umount' });
  await buildah.run(['commit', '--format', 'docker', container, BASE], { name: 'buildah-commit', tell });
  await buildah.close();
  return BASE;
}

/** Debian's archive, and the one of its security updates, as this machine is told of them. */
function mirrors(): { archive: string; security: string | undefined } {
  const { stanzas, lines } = systemSources();
  const told = [...stanzas.map((s) => /^URIs:\s*(\S+)/m.exec(s)?.[1]), ...lines.map((l) => /https?:\S+/.exec(l)?.[0])];
  const addresses = [...new Set(told.filter((address) => address !== undefined))];
  const archive = addresses.find((address) => !address.includes('security'));
  if (!archive) throw new SetupError("apt has no HTTP source of Debian's archive on this machine");
  return { archive, security: addresses.find((address) => address.includes('security')) };
}
