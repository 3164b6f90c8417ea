import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from '../../protocol/errors.ts';

/**
 * Whether a page of another site sent this. Browsers name the origin of every request that changes something and of
 * every WebSocket; programs send none.
 */
export function isForeign(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const { origin, host } = headers;
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  if (origin === undefined) return false;
  if (origin === new URL(publicUrl).origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** @throws DomainError `foreign-origin` */
export function refuseForeign(headers: IncomingHttpHeaders, publicUrl: string): void {
  if (isForeign(headers, publicUrl)) throw refuse('foreign-origin', 'this request came from another site');
}
