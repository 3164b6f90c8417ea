import type { Config } from '../config.ts';
import { demoHindrance } from './hindrance.ts';

type Settings = Parameters<typeof demoHindrance>[0] & Pick<Config, 'DEMO' | 'LOG_LEVEL'>;

/** DC10: the log level. Without LOG_LEVEL a demo logs warnings only, so that lines of its many units do not hide the links it prints. */
export function logLevel(settings: Settings, outputs?: readonly string[]): string {
  const { DEMO, LOG_LEVEL } = settings;
  if (LOG_LEVEL !== undefined) return LOG_LEVEL;
  return DEMO !== false && demoHindrance(settings, outputs) === undefined ? 'warn' : 'info';
}
