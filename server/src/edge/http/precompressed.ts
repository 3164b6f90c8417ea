import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * The build wrote a compressed file beside each text: sends that one, so that ten thousand pages opened at once cost no
 * compression.
 */
export function precompressed(folder: string): RequestHandler {
  const known = new Map<string, boolean>();
  const exists = (file: string): boolean => {
    const kept = known.get(file);
    // A build may come later, so only what is there is remembered.
    if (kept) return true;
    const found = existsSync(file);
    if (found) known.set(file, true);
    return found;
  };
  return (request, response, next) => {
    const match = /^\/[A-Za-z0-9._-]+(\.js|\.css)$/.exec(request.path);
    const type = match && types[match[1] ?? ''];
    if (!match || !type || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.vary('accept-encoding');
    for (const [encoding, suffix] of encodings) {
      if (!request.acceptsEncodings(encoding) || !exists(join(folder, request.path + suffix))) continue;
      response.set({ 'content-encoding': encoding, 'content-type': type });
      request.url = request.url.replace(request.path, request.path + suffix);
      return next();
    }
    next();
  };
}
