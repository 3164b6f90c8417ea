import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchIntoCache, isDebian } from './debian.mjs';

const PLACE = '/usr/bin/prometheus';

/**
 * Prometheus with promtool, for the tests of alert rules and dashboard: PROMETHEUS, the system's, or Debian's, which is only
 * unpacked, since installed it would be a service. Sets PROMETHEUS in `env`; without it what needs it is skipped, and says so.
 */
export async function providePrometheus(env, tell) {
  if (env.PROMETHEUS) return env.PROMETHEUS;
  try {
    if (!existsSync(PLACE)) {
      if (!isDebian()) return 'prometheus is missing: the tests of its alert rules are skipped';
      env.PROMETHEUS = join((await fetchIntoCache('prometheus', ['prometheus'], { tell })).root, PLACE);
    }
    return env.PROMETHEUS ?? PLACE;
  } catch (error) {
    return `${error.message} The tests of its alert rules are skipped.`;
  }
}
