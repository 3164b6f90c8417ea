import { createSocket } from 'node:dgram';
import { type Stranger, strangers } from '../measure/strangers.ts';

// Sends one kind of packet to a port from many ports, as evenly as it can, until it is told to stop; then it
// says how many went out.

const SOURCES = 64;
/** Prepared beforehand, so that making them does not slow the sender down. */
const DIFFERENT = 256;
const TURN_MS = 5;

const [kind, address, port, ufrag, perSecond] = process.argv.slice(2) as [Stranger, string, string, string, string];
const packets = Array.from({ length: DIFFERENT }, () => strangers[kind](ufrag));
const sockets = Array.from({ length: SOURCES }, () => createSocket('udp4'));
for (const socket of sockets) socket.on('error', () => {});

const begin = performance.now();
let sent = 0;
const ticker = setInterval(() => {
  const due = Math.floor(((performance.now() - begin) * Number(perSecond)) / 1_000);
  for (; sent < due; sent++)
    sockets[sent % SOURCES]?.send(packets[sent % DIFFERENT] as Buffer, Number(port), address, () => {});
}, TURN_MS);

process.on('message', () => {
  clearInterval(ticker);
  process.send?.(sent);
});
process.on('disconnect', () => process.exit(0));
