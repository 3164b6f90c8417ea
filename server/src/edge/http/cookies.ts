import type { Request, Response } from 'express';
import type { Cookies } from './route.ts';

/** Names and values are tokens of our own (base64url), so neither needs quoting. */
export function cookiesOf(request: Request, response: Response, secure: boolean): Cookies {
  const jar = parse(request.headers.cookie);
  const options = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
  return {
    get: (name) => jar.get(name),
    names: () => [...jar.keys()],
    set: (name, value, expires) => {
      response.cookie(name, value, { ...options, expires });
    },
    clear: (name) => {
      response.clearCookie(name, options);
    },
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
