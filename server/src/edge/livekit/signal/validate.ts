import type { RequestHandler } from 'express';
import type { Rooms } from '../../../hall/index.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { DomainError, tooOften } from '../../../protocol/errors.ts';
import { CONNECTS } from '../../../protocol/limits.ts';
import { signalStatus, type Tokens } from '../tokens.ts';
import { readRtcQuery } from './rtcQuery.ts';

/**
 * The plain HTTP side of `/rtc`: why a socket was refused, in a form that pages of any origin may read. Without the
 * CORS header on the 404 of v1, browsers could not tell that they should fall back to v0.
 */
export function rtcValidation(tokens: Tokens, rooms: Rooms): RequestHandler {
  const asked = new RateLimits(CONNECTS);
  return (request, response, next) => {
    const url = URL.parse(request.url, 'http://rtc');
    if (url === null || !/^\/rtc(\/|$)/.test(url.pathname)) return next();
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Cache-Control': 'no-store',
    });
    const answer = (status: number, text: string) => void response.status(status).type('text/plain').send(text);
    if (request.method === 'OPTIONS') return answer(200, '');
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'method not allowed');
    if (url.pathname !== '/rtc/validate') return answer(404, 'this server speaks version 0 of the signal protocol');
    const { accessToken } = readRtcQuery(url.searchParams);
    tokens
      .admit({ authorization: request.headers.authorization, accessToken })
      .then(({ room, identity }) => {
        const wait = asked.take(JSON.stringify([room, identity]));
        if (wait > 0) throw tooOften('this identity asks too often', wait);
        rooms.demandOpen(room);
        answer(200, 'success');
      })
      .catch((error) => {
        if (error instanceof DomainError && error.retryAfterSeconds !== undefined)
          response.set('retry-after', String(error.retryAfterSeconds));
        answer(signalStatus(error), error instanceof DomainError ? error.message : 'internal error');
      });
  };
}
