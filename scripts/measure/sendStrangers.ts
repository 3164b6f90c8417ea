import { createSocket } from 'node:dgram';
import { type Stranger, strangers } from './strangers.ts';

const SOURCES = 64;
/** Prepared beforehand, so that making them does not slow the sender down. */
const DIFFERENT = 256;
const TURN_MS = 5;

/**
 * Sends one kind of packet to a port from many ports, as evenly as it can.
 * @returns ends it, and says how many went out
 */
export function sendStrangers(
  kind: Stranger,
  to: { readonly address: string; readonly port: number; readonly ufrag: string },
  perSecond: number,
): () => number {
  const packets = Array.from({ length: DIFFERENT }, () => strangers[kind](to.ufrag));
  const sockets = Array.from({ length: SOURCES }, () => createSocket('udp4'));
  for (const socket of sockets) socket.on('error', () => {});
  const begin = performance.now();
  let sent = 0;
  const ticker = setInterval(() => {
    const due = Math.floor(((performance.now() - begin) * perSecond) / 1_000);
    for (; sent < due; sent++)
      sockets[sent % SOURCES]?.send(packets[sent % DIFFERENT] as Buffer, to.port, to.address, () => {});
  }, TURN_MS);
  return () => {
    clearInterval(ticker);
    for (const socket of sockets) socket.close();
    return sent;
  };
}
