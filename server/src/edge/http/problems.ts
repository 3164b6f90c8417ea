import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Logger } from '../../observability/logger.ts';
import type { Refused } from '../../observability/RefusalLog.ts';
import type { Language } from '../../protocol/briefing.ts';
import { DomainError, type Problem, type Reason, refuse } from '../../protocol/errors.ts';
import { askedLanguage } from './askedLanguage.ts';
import { misfit } from './fieldFaults.ts';
import { reasonWords } from './reasonWords.ts';

/** Every reason has its HTTP status here; the compiler refuses a missing one. */
export const statusOf: Readonly<Record<Reason, number>> = {
  'bad-request': 400,
  unauthenticated: 401,
  'link-unknown': 401,
  'link-used': 403,
  'link-revoked': 403,
  'link-over': 403,
  'code-unknown': 401,
  'code-used': 403,
  'code-early': 403,
  'code-over': 403,
  'unit-ended': 403,
  'wrong-credentials': 401,
  'weak-password': 422,
  'name-reserved': 422,
  forbidden: 403,
  'outside-territory': 403,
  'foreign-origin': 403,
  'not-found': 404,
  conflict: 409,
  'not-live': 409,
  'briefing-closed': 410,
  rehearsal: 409,
  'does-not-fit': 422,
  'not-connected': 409,
  'hand-away': 409,
  busy: 409,
  'too-late': 409,
  'wrong-proof': 422,
  'too-many-tries': 429,
  'rate-limited': 429,
  'too-large': 413,
  'too-slow': 408,
  unsupported: 415,
  'node-full': 503,
  draining: 503,
  'node-cut-off': 503,
  'store-unavailable': 503,
  'record-unwritable': 507,
  internal: 500,
};

/**
 * Turns whatever was thrown into a refusal with a reason; what nobody foresaw becomes `internal` without its details.
 */
export function asRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof z.ZodError) return misfit(error);
  // body-parser and express mark client errors with `status`.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  if (status === 413)
    return refuse('too-large', { vi: 'Nội dung gửi lên quá lớn', en: 'the body is too large' }, error);
  if (status === 415) return refuse('unsupported', 'the body is in a form that is not taken here', error);
  if (status >= 400 && status < 500) return refuse('bad-request', unread, error);
  return refuse('internal', 'something went wrong on the server', error);
}

const unread = { vi: 'Không đọc được yêu cầu', en: 'the request could not be read' };

/** FG200: what is answered; reason and codes are the same in both languages. */
export function problemIn(refusal: DomainError, language: Language): Problem {
  const { error } = refusal.toProblem();
  const fields = refusal.fields?.map(({ at, code, say }) => ({ at, code, message: say[language] }));
  const isSaid = language === 'en' || refusal.said !== undefined;
  const message = isSaid ? (refusal.said?.[language] ?? error.message) : reasonWords[refusal.reason];
  return { error: { ...error, message, ...(!isSaid && { detail: error.message }), ...(fields && { fields }) } };
}

/** Sends the refusal in the language that was asked for. */
export function sendProblem(response: Response, refusal: DomainError): void {
  if (refusal.retryAfterSeconds !== undefined) response.set('retry-after', String(refusal.retryAfterSeconds));
  // RFC 9110, 15.5.9.
  if (refusal.reason === 'too-slow') response.set('connection', 'close');
  const language = askedLanguage(response.req.headers['accept-language']);
  response
    .status(statusOf[refusal.reason])
    .set('cache-control', 'no-store')
    .set('content-language', language)
    .vary('accept-language')
    .type('application/problem+json')
    .send(JSON.stringify(problemIn(refusal, language)));
}

/** HT17: told of each refusal that an answer is. */
export type TellRefused = (refused: Omit<Refused, 'way'>) => void;

/** Last in the chain. Only `internal` is logged as an error; of refusals `refused` is told, who counts them. */
export const problemHandler =
  (logger: Logger, refused: TellRefused = () => undefined): ErrorRequestHandler =>
  (error, request, response, next) => {
    const refusal = asRefusal(error);
    const { method, path } = request;
    const facts = { method, path, reason: refusal.reason };
    if (refusal.reason === 'internal') logger.error({ ...facts, err: refusal }, 'request failed');
    else logger.debug({ ...facts, err: refusal }, 'request refused');
    const { account, route = 'elsewhere' } = response.locals;
    refused({ act: `${method} ${route}`, reason: refusal.reason, address: request.ip ?? 'unknown', account });
    if (response.headersSent) next(error);
    else sendProblem(response, refusal);
  };
