import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { plainErrors, plainThrown } from './plainErrors.ts';

export type Logger = PinoLogger;

/** Secrets that could slip in with a request or a row; they are replaced wherever they stand at these depths. */
const secretNames = ['authorization', 'cookie', 'password', 'secret', 'token', 'access_token', 'set-cookie'];
const redacted = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Structured log on standard output: one info line per lifecycle change, ids as fields, never a query string or a secret. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[secret]' },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: plainErrors,
    },
    // For fields of child loggers, which no formatter sees; what is plain already stays.
    serializers: { err: plainThrown, error: plainThrown },
  };
  return destination ? pino(options, destination) : pino(options);
}
