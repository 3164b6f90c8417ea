import { existsSync } from 'node:fs';
import { installOnSystem, isDebian, isRoot } from './debian.mjs';

const PACKAGES = ['iproute2', 'nftables'];
const PROGRAMS = ['ip', 'nft'];

const isThere = (program) =>
  ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((folder) => existsSync(`${folder}/${program}`));

/** Tests of reach make network namespaces with these; only root may. Without them those tests are skipped, and say so. */
export async function provideNetworkTools(tell) {
  if (PROGRAMS.every(isThere)) return 'ip and nft are there';
  if (!isRoot || !isDebian()) return 'ip or nft is missing, or only root may use them: the tests of reach are skipped';
  try {
    await installOnSystem(PACKAGES, tell);
    return `installed ${PACKAGES.join(' ')}`;
  } catch (error) {
    return `${error.message} The tests of reach are skipped.`;
  }
}
