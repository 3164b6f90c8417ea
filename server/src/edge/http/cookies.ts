import type { Request, Response } from 'express';
import type { Cookies } from './route.ts';

/**
 * Under TLS the browser itself holds that a cookie of this name is of this host alone, for all paths, and sent by TLS
 * only: a neighbour under the same domain, or a line without TLS, can neither read nor set it.
 */
const HOST_ONLY = '__Host-';

/** Names and values are tokens of our own (base64url), so neither needs quoting. */
export function cookiesOf(request: Request, response: Response, secure: boolean): Cookies {
  const jar = readCookies(request.headers.cookie, secure);
  const options = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
  const sent = (name: string): string => (secure ? HOST_ONLY : '') + name;
  return {
    ...jar,
    set: (name, value, expires) => {
      response.cookie(sent(name), value, { ...options, expires });
    },
    clear: (name) => {
      response.clearCookie(sent(name), options);
    },
    clearEarlier: (name) => {
      response.clearCookie(name, options);
    },
    clearSite: () => {
      response.set('clear-site-data', '"cache", "storage"');
    },
  };
}

/** @param secure whether the page is served by TLS; then what has not the prefix is not heard */
export function readCookies(header: string | undefined, secure: boolean): Pick<Cookies, 'get' | 'names' | 'earlier'> {
  const all = parse(header);
  if (!secure) return { get: (name) => all.get(name), names: () => [...all.keys()], earlier: () => undefined };
  return {
    get: (name) => all.get(HOST_ONLY + name),
    names: () =>
      [...all.keys()].filter((name) => name.startsWith(HOST_ONLY)).map((name) => name.slice(HOST_ONLY.length)),
    earlier: (name) => all.get(name),
  };
}

export function parse(header: string | undefined): Map<string, string> {
  const jar = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    if (name !== '') jar.set(name, part.slice(at + 1).trim());
  }
  return jar;
}
