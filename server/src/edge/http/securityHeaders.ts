import { isIP } from 'node:net';
import type { RequestHandler, Response } from 'express';

const NOTHING = "default-src 'none'; frame-ancestors 'none'";
const STRICT = 'max-age=31536000';

/**
 * Nothing but what is named: scripts, styles, pictures and fonts from here, connections only to this site (its sockets
 * are named because older browsers do not take `'self'` for ws). The page makes no code and no markup from texts; its
 * one policy of Trusted Types names the one script that may be a worker, and so does `worker-src`, also where Trusted
 * Types are unknown. Files that it hands out are downloads and need no source; streams need none.
 * WB4: every document carries all of it, whatever address brought it.
 * @param publicUrl what users type; the signalling address that `join` answers is derived from it
 * @param nodes PL7: media may be at nodes with names of their own, below that one or at another port of it
 */
export function securityHeaders(publicUrl: string, nodes = false): RequestHandler {
  const site = new URL(publicUrl);
  const secure = site.protocol === 'https:';
  const sockets = `${secure ? 'wss' : 'ws'}://${site.host}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${site.origin} ${sockets}${nodes ? ` ${nodeSources(site).join(' ')}` : ''}`,
    "manifest-src 'self'",
    `worker-src ${site.origin}/sw.js`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dh-shell',
  ].join('; ');
  const whole = {
    'content-security-policy': policy,
    'permissions-policy':
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    ...(secure && { 'strict-transport-security': STRICT }),
  };
  const nothing = {
    'content-security-policy': NOTHING,
    'referrer-policy': 'no-referrer',
    ...(secure && { 'strict-transport-security': STRICT }),
  };
  return (request, response, next) => {
    // What a document may do is said with the document: beside each script and font it would be half a kilobyte on a
    // weak line.
    response.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    // An answer of the API is no document; whoever opens one as such gets one that may do nothing.
    if (request.path.startsWith('/api/')) response.set(nothing);
    else if (!request.path.startsWith('/assets/')) response.set(whole);
    beforeHead(response, () => {
      if (/^text\/html\b/i.test(String(response.getHeader('content-type') ?? ''))) response.set(whole);
    });
    next();
  };
}

/** WB4: what an answer is shows when it is sent, whichever part made it. */
function beforeHead(response: Response, look: () => void): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => Response;
  response.writeHead = ((...head: unknown[]) => {
    if (!response.headersSent) look();
    return writeHead(...head);
  }) as Response['writeHead'];
}

/** Their sockets, and what LiveKit's client asks over HTTP when one of them is refused. */
function nodeSources({ protocol, hostname }: URL): string[] {
  const schemes = protocol === 'https:' ? ['https', 'wss'] : ['http', 'ws'];
  const hosts = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? [hostname, `*.${hostname}`] : [hostname];
  return schemes.flatMap((scheme) => hosts.map((host) => `${scheme}://${host}:*`));
}
