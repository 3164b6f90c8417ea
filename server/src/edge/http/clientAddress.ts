import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

/**
 * Where a request comes from, as Express says it of its own.
 * @param trustProxy `TRUST_PROXY`: how many proxies stand in front, or their addresses
 */
export function clientAddress(trustProxy: string | undefined): (request: IncomingMessage) => string {
  if (!trustProxy) return (request) => request.socket.remoteAddress ?? '';
  const hops = /^\d+$/.test(trustProxy) ? Number(trustProxy) : undefined;
  const trusted =
    hops === undefined ? proxyAddress.compile(trustProxy.split(/\s*,\s*/)) : (_: string, hop: number) => hop < hops;
  return (request) => proxyAddress(request, trusted);
}
