import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorker, type types as ms } from 'mediasoup';

export interface WorkerOptions {
  readonly listenIp: string;
  readonly announcedAddress?: string | undefined;
  /** UDP and TCP port; 0 takes two that are free. */
  readonly port: number;
  readonly workerBin?: string | undefined;
}

export interface RunningWorker {
  readonly worker: ms.Worker;
  readonly server: ms.WebRtcServer;
  /** Where ICE-TCP for this worker goes. */
  readonly tcpPort: number;
}

/** Key frames to hundreds of viewers leave in one burst; the kernel caps this at net.core.*mem_max by itself. */
const SOCKET_BUFFER = 4_000_000;
/** How long the port of a server that was just killed may stay taken: its workers end when they see its pipe close. */
const PORT_FREE_WITHIN_MS = 5000;

/**
 * One mediasoup process with its WebRtcServer.
 * @throws Error naming the port when somebody else holds it.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const worker = await spawn(options.workerBin);
  const deadline = Date.now() + PORT_FREE_WITHIN_MS;
  for (;;) {
    try {
      const server = await worker.createWebRtcServer({ listenInfos: listenInfos(options) });
      return { worker, server, tcpPort: await tcpPortOf(server) };
    } catch (error) {
      if (Date.now() > deadline || options.port === 0 || worker.closed) {
        worker.close();
        throw new Error(`media port ${options.port} on ${options.listenIp} can't be used: ${(error as Error).message}`);
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
async function spawn(workerBin: string | undefined): Promise<ms.Worker> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Map(signals.map((s) => [s, new Set(process.listeners(s))]));
  const starting = createWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) });
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)?.has(listener)) process.removeListener(signal, listener);
  return starting;
}

/**
 * The addresses to listen on. A candidate must name an address that exists, so "any" without a name to announce means
 * each address of this machine.
 */
export function listenAddresses({ listenIp, announcedAddress }: Omit<WorkerOptions, 'port'>): string[] {
  const any = listenIp === '0.0.0.0' || listenIp === '::';
  if (!any || announcedAddress !== undefined) return [listenIp];
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((a) => !a.internal && a.family === 'IPv4')
    .map((a) => a.address);
}

function listenInfos(options: WorkerOptions): ms.TransportListenInfo[] {
  const { announcedAddress, port } = options;
  return listenAddresses(options).flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
      ...(protocol === 'udp' ? { sendBufferSize: SOCKET_BUFFER, recvBufferSize: SOCKET_BUFFER } : {}),
    })),
  );
}
