import type { RequestHandler } from 'express';

/**
 * Strict by default: scripts and styles only from here, media from blobs, connections only to this site (its sockets
 * are named because older browsers do not take `'self'` for ws).
 * @param publicUrl what users type; the signalling address that `join` answers is derived from it
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const site = new URL(publicUrl);
  const secure = site.protocol === 'https:';
  const sockets = `${secure ? 'wss' : 'ws'}://${site.host}`;
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    `connect-src 'self' ${site.origin} ${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (request, response, next) => {
    // What a document may do is said with the document: beside each script and font it would be half a kilobyte on a
    // weak line.
    if (request.path.startsWith('/assets/')) {
      response.set('x-content-type-options', 'nosniff');
      return next();
    }
    response.set({
      'content-security-policy': policy,
      'permissions-policy':
        'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    if (secure) response.set('strict-transport-security', 'max-age=31536000');
    next();
  };
}
