import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { UNGATED_BODY_BYTES } from '../../protocol/limits.ts';
import type { ServedCertificate } from '../sharedPort/index.ts';
import { limitBody } from './bodyPace.ts';

export interface WebServerOptions {
  /** Absent: plain HTTP. */
  readonly certificate?: ServedCertificate | undefined;
  /** A request's headers, and the whole request, must have come within these times, but for files at a pace (HT13); ms. */
  readonly headersTimeout?: number;
  readonly requestTimeout?: number;
  /** A TLS handshake must be over within this time, ms: two round trips, and a lost packet or two on a poor line. */
  readonly handshakeTimeout?: number;
  /** Without a byte in either direction a connection ends, ms; sockets have pings of their own instead. */
  readonly idleTimeout?: number;
}

/**
 * The one HTTP(S) server of the process. It listens on nothing itself: the port hands it connections
 * (`emit('connection')`). Upgrades (`/rtc`, `/socket.io`) are taken by their own edges with `on('upgrade')`.
 */
export function createWebServer(handle: RequestListener, options: WebServerOptions): Server {
  const { headersTimeout = 10_000, requestTimeout = 30_000, handshakeTimeout = 15_000, certificate } = options;
  const connectionsCheckingInterval = Math.min(headersTimeout, 5_000);
  const limits = {
    ...{ headersTimeout, requestTimeout: 0, connectionsCheckingInterval, maxHeaderSize: 32 * 1024 },
    // HT14: what of a body lies in a stream while it is asked whose it is.
    highWaterMark: UNGATED_BODY_BYTES,
  };
  const limited: RequestListener = (request, response) => {
    limitBody(request, response, requestTimeout);
    handle(request, response);
  };
  const server = certificate ? secure(certificate) : createHttp(limits, limited);
  // Also for whoever asks for something long and does not read it.
  server.setTimeout(options.idleTimeout ?? 120_000);
  // Node starts looking for half-open requests when a server listens; this one never will.
  server.emit('listening');
  return server;

  function secure(served: ServedCertificate): Server {
    const https = createHttps({ ...limits, handshakeTimeout, ...served.pair }, limited);
    served.serve(https);
    return https;
  }
}
