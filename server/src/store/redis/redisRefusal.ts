import { certificateFault } from '../../lib/certificateFault.ts';
import { StartRefusal } from '../../lib/StartRefusal.ts';

const OLDEST_MAJOR = 7;

/** Why Redis cannot be used for a start, in one sentence with what to do. */
export function redisRefusal(url: string, error: Error): StartRefusal {
  const at = placeOf(url);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const because = (sentence: string) => new StartRefusal(sentence, { cause: error });
  if (/WRONGPASS|NOAUTH|NOPERM|invalid password/i.test(error.message))
    return because(`Redis at ${at} does not let us in (${error.message}): correct the name and password in REDIS_URL`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return because(`the host of REDIS_URL is not known (${at}): correct its name, or the name server`);
  const fault = certificateFault(code || /\b(?:[A-Z]+_){2,}[A-Z]+\b/.exec(error.message)?.[0] || '');
  if (fault)
    return because(`Redis at ${at} is not believed, since ${fault}: correct REDIS_CA, REDIS_URL or Redis' own`);
  return because(`Redis at ${at} does not answer (${code || error.message}): start it, or correct REDIS_URL`);
}

/** @param info what Redis answers to INFO; a server that may not be asked is taken as it is */
export function requireRedis(url: string, info: string): void {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1];
  if (version === undefined || Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw new StartRefusal(
    `Redis at ${placeOf(url)} is version ${version}, which is too old: update it to ${OLDEST_MAJOR} or newer, or name another in REDIS_URL`,
  );
}

/** Without the password. */
function placeOf(url: string): string {
  const { hostname, port, pathname, protocol, searchParams } = new URL(url);
  const sentinels = searchParams.get('sentinels');
  if (sentinels !== null) return `${hostname} of the sentinels ${sentinels}`;
  return protocol === 'unix:' ? pathname : `${hostname}:${port || 6379}`;
}
