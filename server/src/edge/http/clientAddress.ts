import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

/**
 * Where a request comes from, as Express says it of its own.
 * @param trustProxy `TRUST_PROXY`: how many proxies stand in front, or their addresses
 */
export function clientAddress(trustProxy: string | undefined): (request: IncomingMessage) => string {
  if (!trustProxy) return (request) => request.socket.remoteAddress ?? '';
  const trusted = trustedProxy(trustProxy);
  return (request) => proxyAddress(request, trusted);
}

/** Whether what this address forwards is believed; `hop` 0: it is the one that is connected to us. */
export function trustedProxy(trustProxy: string | undefined): (address: string, hop: number) => boolean {
  if (!trustProxy) return () => false;
  const hops = /^\d+$/.test(trustProxy) ? Number(trustProxy) : undefined;
  if (hops !== undefined) return (_, hop) => hop < hops;
  return proxyAddress.compile(trustProxy.split(/\s*,\s*/));
}
