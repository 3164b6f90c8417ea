import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { shortAddress } from '../lib/shortAddress.ts';
import { plainErrors, plainThrown } from './plainErrors.ts';

export type Logger = PinoLogger;

/** Secrets that could slip in with a request or a row; they are replaced wherever they stand at these depths. */
const secretNames = ['authorization', 'cookie', 'password', 'secret', 'token', 'access_token', 'set-cookie'];
const redacted = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** HT18: the one place where a line loses the whole address of a client. Addresses of our own are URLs, and stay. */
function shortAddresses(fields: Record<string, unknown>): Record<string, unknown> {
  const { address, addresses } = fields;
  if (typeof address !== 'string' && !Array.isArray(addresses)) return fields;
  return {
    ...fields,
    ...(typeof address === 'string' && { address: shortAddress(address) }),
    ...(Array.isArray(addresses) && { addresses: [...new Set(addresses.map(String).map(shortAddress))] }),
  };
}

/** Structured log on standard output: one info line per lifecycle change, ids as fields, never a query string or a secret. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[secret]' },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => shortAddresses(plainErrors(fields)),
    },
    // For fields of child loggers, which no formatter sees; what is plain already stays.
    serializers: { err: plainThrown, error: plainThrown },
  };
  return destination ? pino(options, destination) : pino(options);
}
