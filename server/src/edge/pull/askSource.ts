import { lookup as resolve } from 'node:dns';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type ListedSource, PullFailure, type SourceAnswer, type Validators } from '../../domain/figure/pull/ports.ts';
import { CERTIFICATE_CODES } from '../../lib/certificateFault.ts';
import { mayBeAsked } from './mayBeAsked.ts';
import { readAnswer } from './readAnswer.ts';

/** From the first question for the name to the last byte of the answer. */
export const ANSWER_MS = 30_000;
const MOST_CREDENTIAL = 8_192;

/** A source as it is listed, with where it is asked and by what this server proves itself there. */
export interface ListedAddress extends ListedSource {
  readonly url: URL;
  /** Networks beside the public internet in which it may lie. */
  readonly networks: readonly string[];
  /** File of the authority of its certificate, where that is none that Node knows. */
  readonly ca?: string | undefined;
  readonly credential?: { readonly file: string; readonly header: string } | undefined;
}

/**
 * FG63: asks a source once, and nobody else: what its name leads to is looked at with the look that the connection is made
 * by, and nothing that the answer says leads elsewhere.
 * @param stop ends it at any moment, also while the answer is read
 * @throws PullFailure
 */
export async function askSource(
  source: ListedAddress,
  known: Validators,
  stop: AbortSignal,
  withinMs = ANSWER_MS,
): Promise<SourceAnswer> {
  const late = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([stop, late]);
  const failure = (error: unknown): PullFailure => failureOf(error, late.aborted && !stop.aborted);
  try {
    const ca = source.ca === undefined ? undefined : await readText(source.ca);
    const response = await answered(source, { ...(await headersOf(source)), ...conditionsOf(known) }, ca, signal);
    const wasConditional = known.etag !== null || known.modified !== null;
    return readAnswer(response, { type: source.type, wasConditional, failure });
  } catch (error) {
    throw failure(error);
  }
}

function answered(
  { url, networks }: ListedAddress,
  headers: Readonly<Record<string, string>>,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const may = mayBeAsked(networks);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A name is looked up below; an address never is.
  if (isIP(host) !== 0 && !may(host)) throw forbidden();
  // Of its own, so that no setting of the environment puts a proxy between, and no connection is anybody else's.
  const agent = new Agent({ keepAlive: false, maxSockets: 1, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) });
  const { promise, resolve: answer, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = request(url, { agent, headers, signal, lookup: lookupAmong(may), maxHeaderSize: 16_384 });
  asked.once('socket', (socket) => {
    socket.once('connect', () => {
      if (!may(socket.remoteAddress ?? '')) socket.destroy(forbidden());
    });
  });
  // Also what happens after the answer has begun; whoever reads it is told then.
  asked.once('response', answer).on('error', reject);
  asked.end();
  return promise;
}

/** One look for all: what was looked at is what is connected to. A name that leads to a wrong address as well is not asked at all. */
const lookupAmong =
  (may: (address: string) => boolean): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) done(error ?? new Error(`${host} leads nowhere`), '', 0);
      else if (!found.every(({ address }) => may(address))) done(forbidden(), '', 0);
      else if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };

const forbidden = () => new PullFailure('address', 'its name leads to an address that may not be asked');

async function headersOf({ type, credential }: ListedAddress): Promise<Record<string, string>> {
  const headers = { accept: type, 'accept-encoding': 'gzip', 'user-agent': 'dieu-hanh' };
  if (!credential) return headers;
  const said = (await readText(credential.file)).trim();
  if (said === '' || said.length > MOST_CREDENTIAL || !/^[\x20-\x7e]+$/.test(said))
    throw new PullFailure('credential', `${credential.file} is not one line that a header may have`);
  return { ...headers, [credential.header]: said };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new PullFailure('credential', `${file} cannot be read`, { cause });
  }
}

const conditionsOf = ({ etag, modified }: Validators): Record<string, string> => ({
  ...(etag !== null && { 'if-none-match': etag }),
  ...(modified !== null && { 'if-modified-since': modified }),
});

/** Whatever failed, in the words of whoever answers for the source. */
function failureOf(cause: unknown, isLate: boolean): PullFailure {
  if (cause instanceof PullFailure) return cause;
  if (isLate) return new PullFailure('slow', 'it has not answered in time', { cause });
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (CERTIFICATE_CODES.includes(code) || /^ERR_(SSL|TLS)_/.test(code) || code === 'EPROTO')
    return new PullFailure('certificate', 'its certificate, or its TLS, is not one to trust', { cause });
  if (/^(HPE_|ERR_HTTP_|ERR_STREAM_PREMATURE)/.test(code))
    return new PullFailure('malformed', 'it does not answer by HTTP', { cause });
  return new PullFailure('unreachable', 'there is no connection to it', { cause });
}
