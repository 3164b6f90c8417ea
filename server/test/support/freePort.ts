import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { happens } from './happens.ts';

/** Nobody gets one of these without asking for it: systems give out ports up to 60999, media workers up to 59999. */
const [FIRST, LAST] = [61_000, 65_535];
/** Of some 4,500 ports most are free; where so many looks found none, hardly any is. */
const TRIES = 1_000;

/** A port that is free, for TCP and UDP at every address of this machine, and that nobody else is given while this process lives. */
export const freePort = (): Promise<number> => freePorts(1);

/** @returns the first of so many in a row @param take whether all of these are ours from now on @throws Error where none are found */
export async function freePorts(count: number, take = areOurs): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = randomInt(FIRST, LAST + 2 - count);
    if (await take(Array.from({ length: count }, (_, i) => first + i))) return first;
  }
  throw new Error(`${count} free ports in a row were not found between ${FIRST} and ${LAST} in ${TRIES} tries`);
}

async function areOurs(ports: readonly number[]): Promise<boolean> {
  const claims = await Promise.all(ports.map(claim));
  const free = claims.every(Boolean) && (await Promise.all(ports.map(isFree))).every(Boolean);
  if (!free) for (const server of claims) server?.close();
  return free;
}

/** Tests in other processes look for ports as well: a name that is gone with this process says whose it is. */
async function claim(port: number): Promise<Server | undefined> {
  const server = createServer().unref();
  const listening = happens(server.listen(`\0dieu-hanh-port-${port}`), 'listening');
  return listening.then(() => server, isTaken);
}

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer();
  const udp = createSocket('udp4');
  const bound = await happens(tcp.listen(port, '0.0.0.0'), 'listening')
    .then(() => happens(udp.bind(port), 'listening'))
    .then(() => true, isTaken);
  tcp.close();
  udp.close();
  return bound ?? false;
}

function isTaken(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EADDRINUSE') throw error;
}
