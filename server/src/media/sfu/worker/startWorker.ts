import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorker, type types as ms } from 'mediasoup';
import { portTaken } from '../../../lib/listenRefusal.ts';
import { portHolder } from '../../../lib/portHolder.ts';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { isOrphanWorker, listenAddresses, mediaPlaces, TCP_LISTEN_IP } from './mediaPorts.ts';

export interface WorkerOptions {
  readonly listenIp: string;
  readonly announcedAddress?: string | undefined;
  /** UDP port, and TCP port on loopback; 0 takes two that are free. */
  readonly port: number;
  readonly workerBin?: string | undefined;
  readonly launcher?: string | undefined;
}

export interface RunningWorker {
  readonly worker: ms.Worker;
  readonly server: ms.WebRtcServer;
  /** Where ICE-TCP for this worker goes, on loopback. */
  readonly tcpPort: number;
}

/** Key frames to hundreds of viewers leave in one burst; the kernel caps this at net.core.*mem_max by itself. */
export const SOCKET_BUFFER = 4_000_000;
/** How long the port of a server that was just killed may stay taken: its workers end when they see its pipe close. */
const PORT_FREE_WITHIN_MS = 5000;

/**
 * One mediasoup process with its WebRtcServer.
 * @throws StartRefusal naming the port, and who holds it
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const worker = await spawn(options).catch((error: Error) => {
    throw new StartRefusal(
      `the media worker does not run (${error.message}): correct MEDIASOUP_WORKER_BIN, or run npm start without --no-set-up, which gets one`,
      { cause: error },
    );
  });
  const deadline = Date.now() + PORT_FREE_WITHIN_MS;
  for (;;) {
    try {
      const server = await worker.createWebRtcServer({ listenInfos: listenInfos(options) });
      return { worker, server, tcpPort: await tcpPortOf(server) };
    } catch (error) {
      if (Date.now() > deadline || options.port === 0 || worker.closed) {
        worker.close();
        throw new StartRefusal(
          `media port ${options.port} of ${options.listenIp} cannot be used (${(error as Error).message}): correct MEDIA_PORT or MEDIA_LISTEN_IP`,
          { cause: error },
        );
      }
      for (const place of mediaPlaces(options)) {
        const holder = portHolder(place.protocol, place.ip, place.port);
        if (!holder || holder.pid === worker.pid || isOrphanWorker(place)) continue;
        worker.close();
        throw portTaken(place, holder, error);
      }
      await sleep(50);
    }
  }
}

async function tcpPortOf(server: ms.WebRtcServer): Promise<number> {
  const { tcpServers } = await server.dump();
  const port = tcpServers[0]?.port;
  if (port === undefined) throw new Error('a WebRtcServer without a TCP port');
  return port;
}

/**
 * mediasoup closes its workers at the first SIGTERM or SIGINT. Here the server decides when media ends (a drain lets
 * people finish), so those listeners are taken off again; the process dies with its parent all the same.
 */
async function spawn(options: Pick<WorkerOptions, 'workerBin' | 'launcher'>): Promise<ms.Worker> {
  const workerBin = programOf(options);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Map(signals.map((s) => [s, new Set(process.listeners(s))]));
  const starting = createWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) });
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)?.has(listener)) process.removeListener(signal, listener);
  return starting;
}

/** The launcher finds the worker in the environment; where there is none, mediasoup says so better. */
function programOf({ workerBin, launcher }: Pick<WorkerOptions, 'workerBin' | 'launcher'>): string | undefined {
  if (launcher === undefined || workerBin === undefined || !existsSync(workerBin)) return workerBin;
  process.env.MEDIASOUP_WORKER_BIN = workerBin;
  return launcher;
}

function listenInfos(options: WorkerOptions): ms.TransportListenInfo[] {
  const { announcedAddress, port } = options;
  const announced = announcedAddress === undefined ? {} : { announcedAddress };
  const buffers = { sendBufferSize: SOCKET_BUFFER, recvBufferSize: SOCKET_BUFFER };
  return [
    ...listenAddresses(options).map((ip) => ({ protocol: 'udp' as const, ip, port, ...announced, ...buffers })),
    { protocol: 'tcp', ip: TCP_LISTEN_IP, port },
  ];
}
