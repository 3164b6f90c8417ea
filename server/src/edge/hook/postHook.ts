import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { HookOutcome } from '../../domain/hook/ports.ts';
import { CERTIFICATE_CODES } from '../../lib/certificateFault.ts';
import type { HookFault } from '../../protocol/hook.ts';

/** WH8: from the look-up of the name to the end of the answer. */
export const HOOK_TIMEOUT_MS = 10_000;
/** WH8: of an answer nothing is of use but its status and `Retry-After`. */
const MOST_ANSWER_BYTES = 16_384;

export type MayDeliver = (address: string, port: number) => boolean;

class Forbidden extends Error {}

/**
 * WH8: one attempt. What the name leads to is looked at with the look that the connection is made by; an answer that leads
 * elsewhere is not followed, and one that goes on and on is broken off.
 */
export async function postHook(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { may, stop, withinMs = HOOK_TIMEOUT_MS }: { may: MayDeliver; stop: AbortSignal; withinMs?: number },
): Promise<HookOutcome> {
  const late = AbortSignal.timeout(withinMs);
  try {
    const response = await send(new URL(address), headers, body, may, AbortSignal.any([stop, late]));
    return await outcomeOf(response);
  } catch (error) {
    return failed(late.aborted ? 'timeout' : faultOf(error));
  }
}

/** Whether an address could be delivered to at all, as far as it says itself. */
export function isPossible(address: string, may: MayDeliver): boolean {
  const { hostname, username, password, ...url } = partsOf(address);
  if (username !== '' || password !== '') return false;
  return isIP(hostname) === 0 || may(hostname, url.port);
}

function partsOf(address: string) {
  const { hostname, port, protocol, username, password } = new URL(address);
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: number, username, password };
}

function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  may: MayDeliver,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { hostname, port } = partsOf(url.href);
  if (isIP(hostname) !== 0 && !may(hostname, port)) throw new Forbidden();
  const { promise, resolve: answer, reject } = Promise.withResolvers<IncomingMessage>();
  const all = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'dieu-hanh-hooks',
    ...headers,
  };
  // Without an agent: no setting of the environment puts a proxy between.
  const options = { method: 'POST', headers: all, signal, agent: false as const, lookup: lookupAmong(may, port) };
  const asked = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  asked.once('response', answer).on('error', reject);
  asked.end(body);
  return promise;
}

/** A name that leads to a wrong address as well is not asked at all. */
const lookupAmong =
  (may: MayDeliver, port: number): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) done(error ?? new Error(`${host} leads nowhere`), '', 0);
      else if (!found.every(({ address }) => may(address, port))) done(new Forbidden(), '', 0);
      else if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };

async function outcomeOf(response: IncomingMessage): Promise<HookOutcome> {
  const status = response.statusCode ?? 0;
  let bytes = 0;
  try {
    // Its status is what counts: the rest is read so far that a receiver of few words is not cut off.
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_ANSWER_BYTES) break;
    }
  } catch (error) {
    if (status < 200 || status > 299) throw error;
  } finally {
    response.destroy();
  }
  if (status >= 200 && status <= 299) return { is: 'delivered' };
  if (status >= 300 && status <= 399) return failed('redirect', status);
  if (status === 410) return failed('gone', status);
  return failed('status', status, retryAfterOf(response.headers['retry-after']));
}

const failed = (fault: HookFault, status?: number, retryAfter?: number): HookOutcome => ({
  is: 'failed',
  fault,
  status,
  retryAfter,
});

/** Seconds, or a date. */
function retryAfterOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

function faultOf(error: unknown): HookFault {
  if (error instanceof Forbidden) return 'address';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return CERTIFICATE_CODES.includes(code) ? 'certificate' : 'connection';
}
