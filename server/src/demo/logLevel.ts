import type { Config } from '../config.ts';
import { demoHindrance } from './hindrance.ts';

type Settings = Parameters<typeof demoHindrance>[0] & Pick<Config, 'DEMO' | 'LOG_LEVEL'>;

/** DC10: what is logged where nobody said: a demo keeps its links in sight, so it does not log each unit that comes and goes. */
export function logLevel(settings: Settings, outputs?: readonly string[]): string {
  const { DEMO, LOG_LEVEL } = settings;
  if (LOG_LEVEL !== undefined) return LOG_LEVEL;
  return DEMO !== false && demoHindrance(settings, outputs) === undefined ? 'warn' : 'info';
}
