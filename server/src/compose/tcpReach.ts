import type { Config } from '../config.ts';
import type { TcpReach } from '../media/sfu/index.ts';

/**
 * Where clients reach media by TCP: at the page's port, also by the one that people type, should a router stand between.
 * A proxy passes no ICE; then there is a port for it or none.
 */
export function tcpReach(config: Config): TcpReach | undefined {
  const { TRUST_PROXY, MEDIA_TCP_PORT: aside, PORT, publicUrl } = config;
  if (TRUST_PROXY) return aside === undefined ? undefined : { host: config.MEDIA_LISTEN_IP, ports: [aside] };
  const { port, protocol } = new URL(publicUrl);
  return { host: config.HOST, ports: [...new Set([PORT, Number(port) || (protocol === 'https:' ? 443 : 80)])] };
}
