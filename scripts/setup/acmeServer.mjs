import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchIntoCache, installOnSystem, isDebian, isRoot } from './debian.mjs';

const PACKAGES = ['pebble'];
const PLACE = '/usr/bin/pebble';

/** An ACME server for the tests: PEBBLE, the system's, or Debian's (likewise). Sets PEBBLE in `env`; without it those tests are skipped, and say so. */
export async function provideAcmeServer(env, tell) {
  if (env.PEBBLE) return env.PEBBLE;
  try {
    if (!existsSync(PLACE)) {
      if (!isDebian()) return 'pebble is missing: the tests with an ACME server are skipped';
      if (isRoot) await installOnSystem(PACKAGES, tell);
      else env.PEBBLE = join((await fetchIntoCache('pebble', PACKAGES, { tell })).root, PLACE);
    }
    return env.PEBBLE ?? PLACE;
  } catch (error) {
    return `${error.message} The tests with an ACME server are skipped.`;
  }
}
