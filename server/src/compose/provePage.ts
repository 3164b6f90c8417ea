import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkServerIdentity, type PeerCertificate, TLSSocket } from 'node:tls';
import type { Config } from '../config.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import type { Logger } from '../observability/logger.ts';
import { authorityFile, webFolder } from './places.ts';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Asks this server for its page as a browser would, by its own listener and under its public name, before it says that
 * it is ready: the page, and the script that the page begins with.
 * @throws StartRefusal when that is not what comes
 */
export async function provePage(config: Config, logger: Logger, built = webFolder): Promise<void> {
  if (!existsSync(join(built, 'index.html')))
    throw new StartRefusal(
      `the page is not built (there is no ${join(built, 'index.html')}): npm run build -w web builds it, and so does npm start without --no-set-up`,
    );
  const page = await ask(config, '/', logger);
  const script = /<script[^>]+src="(\/[^"]+)"/.exec(page.body)?.[1];
  if (!page.type.startsWith('text/html') || !page.body.includes('<div id="root">') || !script)
    throw broken(config, '/', `came as ${page.type || 'something'} that is not the page`);
  const { type } = await ask(config, script, logger);
  if (!/^(text|application)\/javascript/.test(type)) throw broken(config, script, `came as ${type}`);
}

async function ask(config: Config, path: string, logger: Logger): Promise<{ type: string; body: string }> {
  try {
    const response = await get(config, path, logger);
    const body = await text(response);
    if (response.statusCode !== 200)
      throw broken(config, path, `was answered with ${response.statusCode} ${body}`.trim());
    return { type: response.headers['content-type'] ?? '', body };
  } catch (error) {
    throw error instanceof StartRefusal ? error : broken(config, path, `failed (${(error as Error).message})`, error);
  }
}

const broken = ({ publicUrl }: Config, path: string, what: string, cause?: unknown): StartRefusal =>
  new StartRefusal(
    `the page does not come: ${publicUrl}${path}, asked of this server itself, ${what}; delete web/dist and start again, so that it is built anew`,
    { cause },
  );

async function get(config: Config, path: string, logger: Logger): Promise<IncomingMessage> {
  const { hostname, host, protocol } = new URL(config.publicUrl);
  const name = hostname.replace(/^\[|\]$/g, '');
  const headers = {
    host,
    accept: path === '/' ? 'text/html,application/xhtml+xml' : '*/*',
    // As the proxy in front says it.
    ...(config.TRUST_PROXY && { 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-host': host }),
  };
  const options = { host: reachable(config.HOST), port: config.PORT, path, headers, timeout: ANSWER_WITHIN_MS };
  const asked = config.tls ? requestHttps({ ...options, ...(await trust(config, name)) }) : requestHttp(options);
  return new Promise((resolve, reject) => {
    asked.once('response', (response) => {
      if (response.socket instanceof TLSSocket) warnOfName(name, response.socket.getPeerCertificate(), logger);
      resolve(response);
    });
    asked.once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error(`no answer in ${ANSWER_WITHIN_MS} ms`)));
    asked.end();
  });
}

/** Our own authority is to be trusted. Whom the browsers trust that see an operator's certificate is not known here. */
async function trust(config: Config, name: string) {
  const servername = isIP(name) ? '' : name;
  if ((config.TLS_CERT && config.TLS_KEY) || config.ACME_DIRECTORY) return { servername, rejectUnauthorized: false };
  return {
    servername,
    ca: await readFile(authorityFile(config)),
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
  };
}

function warnOfName(name: string, certificate: PeerCertificate, logger: Logger): void {
  const err = checkServerIdentity(name, certificate);
  if (err) logger.warn({ err }, 'browsers will not take this certificate for PUBLIC_URL');
}

/** "Any address" is none that can be asked. */
const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);
