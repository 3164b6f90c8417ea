import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { isLoopback } from '../lib/isLoopback.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';

type Place = Pick<
  Config,
  'HOST' | 'SHARE_STORES' | 'JOIN_URL' | 'PIPE_ADDRESS' | 'MEDIA_ANNOUNCED_ADDRESS' | 'MEDIA_LISTEN_IP'
>;

/**
 * CL65: whoever works beside another machine, and tells it an address of loopback, is a node like any other in every list, and
 * no picture goes between the two. @throws StartRefusal
 */
export function requireReach(place: Place): void {
  const { HOST, SHARE_STORES, JOIN_URL, PIPE_ADDRESS, MEDIA_ANNOUNCED_ADDRESS = '', MEDIA_LISTEN_IP } = place;
  const other = JOIN_URL === undefined ? SHARE_STORES : new URL(JOIN_URL).hostname;
  if (other === undefined || isLoopback(other) || PIPE_ADDRESS !== undefined) return;
  const told = isIP(MEDIA_ANNOUNCED_ADDRESS) ? MEDIA_ANNOUNCED_ADDRESS : MEDIA_LISTEN_IP;
  if (!isLoopback(told)) return;
  const beside = JOIN_URL === undefined ? 'other machines are to work beside this one' : `it works beside ${JOIN_URL}`;
  throw new StartRefusal(
    `${beside}, and media from there would be sent to ${told}, where this machine alone is: name its own address in HOST${isLoopback(HOST) ? '' : ' and MEDIA_LISTEN_IP'}, or in PIPE_ADDRESS the one by which other nodes reach it`,
  );
}
