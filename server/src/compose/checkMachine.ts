import { createSocket } from 'node:dgram';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type ListenPlace, listenRefusal } from '../lib/listenRefusal.ts';
import { isOrphanWorker, mediaPlaces } from '../media/sfu/index.ts';

/** Somebody's outgoing connection may have a port for a moment. */
const LOOK_AGAIN_MS = 300;
/** A store that begins to write asks for more than a byte. */
const PROBE_BYTES = 1 << 20;

/**
 * What would end this start a few seconds later is said at once, before a store or a worker is started: a folder that
 * cannot be written, a disk without room, a port that somebody has.
 * @throws StartRefusal, or the error of the file system
 */
export async function checkMachine(config: Config): Promise<void> {
  checkFolder(config.DATA_DIR);
  const page: ListenPlace = { setting: 'PORT', protocol: 'tcp', ip: config.HOST, port: config.PORT };
  const api: ListenPlace = { setting: 'API_PORT', protocol: 'tcp', ip: config.API_HOST, port: config.API_PORT };
  const { MEDIA_LISTEN_IP: listenIp, MEDIA_ANNOUNCED_ADDRESS: announcedAddress, MEDIA_PORT } = config;
  const media = Array.from({ length: config.MEDIA_WORKERS }, (_, worker) =>
    mediaPlaces({ listenIp, announcedAddress, port: MEDIA_PORT + worker }),
  ).flat();
  const tcp = config.MEDIA_TCP_PORT;
  const aside: ListenPlace[] =
    tcp === undefined ? [] : [{ setting: 'MEDIA_TCP_PORT', protocol: 'tcp', ip: listenIp, port: tcp }];
  const proof: ListenPlace[] = config.ACME_DIRECTORY
    ? [{ setting: 'ACME_HTTP_PORT', protocol: 'tcp', ip: config.HOST, port: config.ACME_HTTP_PORT }]
    : [];
  await Promise.all([page, api, ...aside, ...proof, ...media].map(checkPlace));
}

function checkFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const probe = join(folder, `.room-${process.pid}`);
  try {
    rmSync(probe, { force: true });
    // As root no link is followed that whoever had the account of the server could have laid.
    const fd = openSync(probe, 'wx', 0o600);
    try {
      writeSync(fd, Buffer.alloc(PROBE_BYTES));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // A failed write names no file.
    throw error instanceof Error ? Object.assign(error, { path: folder }) : error;
  } finally {
    rmSync(probe, { force: true });
  }
}

async function checkPlace(place: ListenPlace): Promise<void> {
  const error = (await tryBind(place)) && (await sleep(LOOK_AGAIN_MS).then(() => tryBind(place)));
  if (error === undefined || error === null) return;
  // The workers of a server that was just killed end by themselves; whoever starts the next ones waits for that.
  if (isOrphanWorker(place)) return;
  throw listenRefusal(place, error);
}

/** The error of a bind that did not work, else undefined. */
function tryBind({ protocol, ip, port }: ListenPlace): Promise<Error | undefined> {
  return new Promise((resolve) => {
    if (protocol === 'udp') {
      const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', (error) => socket.close(() => resolve(error)));
      socket.bind({ port, address: ip, exclusive: true }, () => socket.close(() => resolve(undefined)));
    } else {
      const server = createServer();
      server.once('error', resolve);
      server.listen({ port, host: ip, exclusive: true }, () => server.close(() => resolve(undefined)));
    }
  });
}
