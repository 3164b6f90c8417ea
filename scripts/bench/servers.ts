import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SERVER_FLAGS } from '../../server/test/support/ServerProcess.ts';

/** A server that runs for one measurement. */
export interface MeasuredServer {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly pid: number;
  /** Clears away what letting viewers in has left, where that can be asked for: it belongs to joining. */
  collect?(): Promise<void>;
  close(): Promise<void>;
}

interface OwnOptions {
  readonly workers?: number;
  /** Whether ours estimates its viewers' bandwidth; mediasoup alone never does. */
  readonly estimation?: boolean;
  /** The worker program; that of MEDIASOUP_WORKER_BIN when absent. */
  readonly workerBin?: string | undefined;
}

/** This project's server, or mediasoup alone. */
export async function startOwn(kind: 'own' | 'bare', options: OwnOptions = {}): Promise<MeasuredServer> {
  const { workers = 1, estimation = false, workerBin = process.env.MEDIASOUP_WORKER_BIN } = options;
  const args = [kind, String(workers), ...(estimation ? ['estimation'] : [])];
  const child = fork(join(import.meta.dirname, 'server.process.ts'), args, {
    stdio: 'inherit',
    env: { ...process.env, MEDIASOUP_WORKER_BIN: workerBin },
    execArgv: [...process.execArgv, ...SERVER_FLAGS, '--expose-gc'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the measured server ended with status ${code}`);
  });
  const said = once(child, 'message') as Promise<[{ url: string; key: string; secret: string }]>;
  const [where] = await Promise.race([said, died]);
  died.catch(() => {});
  return {
    ...where,
    pid: child.pid ?? 0,
    collect: async () => {
      const collected = once(child, 'message');
      child.send('collect');
      await collected;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await ended(child);
    },
  };
}

/** The LiveKit server at `path` on loopback, with its default settings but for congestion control, which estimates bandwidth. */
export async function startLiveKit(path: string, congestionControl: boolean): Promise<MeasuredServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-livekit-'));
  const [port, tcp, udp] = await Promise.all([freePort(), freePort(), freePort()]);
  const [key, secret] = ['bench', 'a secret of at least 32 characters for benches'];
  const config = [
    `port: ${port}`,
    'bind_addresses: ["127.0.0.1"]',
    `rtc: {tcp_port: ${tcp}, udp_port: ${udp}, use_external_ip: false, node_ip: 127.0.0.1, enable_loopback_candidate: true, congestion_control: {enabled: ${congestionControl}}}`,
    `keys: {${key}: ${secret}}`,
    'logging: {level: error}',
  ];
  await writeFile(join(folder, 'config.yaml'), config.join('\n'));
  const child = spawn(path, ['--config', join(folder, 'config.yaml')], { stdio: ['ignore', 'ignore', 'inherit'] });
  await listening(port, child);
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ key, secret, pid: child.pid ?? 0 },
    close: async () => {
      child.kill('SIGKILL');
      await ended(child);
      await rm(folder, { recursive: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await once(child, 'exit');
  clearTimeout(killer);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error(`the LiveKit server ended with status ${child.exitCode}`);
    const socket = createConnection(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await wait(100);
  }
  throw new Error('the LiveKit server does not listen after 20 s');
}
