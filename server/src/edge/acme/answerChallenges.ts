import { createServer } from 'node:http';
import { listenRefusal } from '../../lib/listenRefusal.ts';
import type { Answering } from './AcmeClient.ts';

const PATH = '/.well-known/acme-challenge/';

/** A door for plain HTTP that is open while an order is proven, and answers nothing but its tokens. */
export const challengeDoor =
  ({ host, port }: { readonly host: string; readonly port: number }): Answering =>
  async (answers, work) => {
    const server = createServer(
      { headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 8_192 },
      (request, response) => {
        const answer = request.url?.startsWith(PATH) ? answers.get(request.url.slice(PATH.length)) : undefined;
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(answer);
      },
    );
    server.maxConnections = 64;
    await new Promise<void>((resolve, reject) => {
      const place = { setting: 'ACME_HTTP_PORT', protocol: 'tcp', ip: host, port } as const;
      server.once('error', (error) => reject(listenRefusal(place, error)));
      server.listen(port, host, resolve);
    });
    try {
      await work();
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
