import type { IncomingMessage } from 'node:http';
import type { BatchType } from '../../domain/figure/formats/readBatch.ts';
import { PullFailure, type SourceAnswer } from '../../domain/figure/pull/ports.ts';
import { BATCH_BYTES } from '../../protocol/limits.ts';

interface Expected {
  readonly type: BatchType;
  /** Whether it was asked for what is newer than something. */
  readonly wasConditional: boolean;
  /** What an error of the line is called. */
  readonly failure: (error: unknown) => PullFailure;
}

const LONGEST_ETAG = 256;
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** FG63: what an answer is, by its head alone. Of one that is not taken nothing more is read. @throws PullFailure */
export function readAnswer(response: IncomingMessage, expected: Expected): SourceAnswer {
  try {
    if (response.statusCode === 304 && expected.wasConditional) {
      response.destroy();
      return { is: 'not-modified' };
    }
    demandStatus(response);
    demandBody(response, expected.type);
  } catch (error) {
    response.destroy();
    throw error;
  }
  const { etag, 'last-modified': modified, 'content-encoding': encoding } = response.headers;
  return {
    ...{ is: 'body', bytes: bytesOf(response, expected.failure), packed: encoding?.toLowerCase() === 'gzip' },
    etag: etag !== undefined && etag.length <= LONGEST_ETAG && ETAG.test(etag) ? etag : null,
    // As Node writes it: what is sent back is nothing that the source has made up.
    modified: modified !== undefined && Number.isFinite(Date.parse(modified)) ? new Date(modified).toUTCString() : null,
  };
}

function demandStatus({ statusCode: status = 0, headers }: IncomingMessage): void {
  if (status === 200) return;
  const fault =
    status >= 300 && status < 400 && status !== 304
      ? 'redirect'
      : [401, 403, 407].includes(status)
        ? 'denied'
        : [404, 410].includes(status)
          ? 'gone'
          : 'status';
  throw new PullFailure(fault, `it answers ${status}`, { status, retryAfterMs: retryAfterOf(headers['retry-after']) });
}

function demandBody({ headers }: IncomingMessage, type: BatchType): void {
  const [said = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((part) => part.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  if (said !== type || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8'))
    throw new PullFailure('type', `it answers with another type than ${type}`);
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity')
    throw new PullFailure('type', 'its answer is packed otherwise than by gzip');
  const length = headers['content-length'];
  // Of one that ends with its connection nobody knows whether it is whole.
  if (length === undefined && headers['transfer-encoding']?.toLowerCase() !== 'chunked')
    throw new PullFailure('malformed', 'its answer does not say where it ends');
  if (Number(length ?? 0) > BATCH_BYTES)
    throw new PullFailure('too-large', `its answer has more than ${BATCH_BYTES} bytes`);
}

async function* bytesOf(response: IncomingMessage, failure: Expected['failure']): AsyncGenerator<Buffer> {
  try {
    for await (const piece of response) yield piece as Buffer;
  } catch (error) {
    const failed = failure(error);
    // Until its head had come, there was a connection.
    throw failed.fault === 'unreachable' || failed.fault === 'malformed'
      ? new PullFailure('cut-off', 'its answer did not come to its end', { cause: error })
      : failed;
  } finally {
    response.destroy();
  }
}

/** Seconds, or a date of HTTP. @returns ms; 0: it says nothing of use */
function retryAfterOf(said: string | undefined): number {
  if (said === undefined) return 0;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
