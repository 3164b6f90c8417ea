import { existsSync } from 'node:fs';
import { fetchIntoCache, isDebian, writeLauncher } from './debian.mjs';

const PLACE = '/usr/sbin/haproxy';

/**
 * HAProxy, for the test of what our guide says of a balancer: HAPROXY, the system's, or Debian's, which is only unpacked,
 * since installed it would be a service. Sets HAPROXY in `env`; without it that test is skipped, and says so.
 */
export async function provideHaproxy(env, tell) {
  if (env.HAPROXY) return env.HAPROXY;
  try {
    if (existsSync(PLACE)) env.HAPROXY = PLACE;
    else if (isDebian()) env.HAPROXY = writeLauncher(await fetchIntoCache('haproxy', ['haproxy'], { tell }), PLACE);
    return env.HAPROXY ?? 'haproxy is missing: the test of a balancer is skipped';
  } catch (error) {
    return `${error.message} The test of a balancer is skipped.`;
  }
}
