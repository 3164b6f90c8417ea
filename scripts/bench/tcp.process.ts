import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SharedPort } from '../../server/src/edge/sharedPort/index.ts';
import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { cpuOfProcess } from '../measure/processTree.ts';

// A server whose clients come by UDP or by the shared port, in a process of its own. Says by IPC where it listens, and
// then, each time it is asked, what it has spent and how late its event loop was since it was asked before.

export interface Where {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly tcpPort: number;
}

export interface Spent {
  readonly at: number;
  /** How late timers of signalling were, ms. */
  readonly lateMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** CPU seconds so far. */
  readonly cpu: { readonly signalling: number; readonly splices: number; readonly workers: number };
}

const RESOLUTION_MS = 10;

const server = await OwnServer.start({ workers: 1 });
const port = await SharedPort.create({
  host: '127.0.0.1',
  port: 0,
  setting: 'PORT',
  media: { ownerOf: (ufrag) => server.sfu.ownerOf(ufrag), processes: 1, died: assert.fail },
});
const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();

async function spent(): Promise<Spent> {
  const workers = await server.sfu.usage();
  const ms = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS);
  const lateMs = { p50: ms(late.percentile(50)), p99: ms(late.percentile(99)), max: ms(late.max) };
  late.reset();
  return {
    at: performance.now(),
    lateMs,
    cpu: {
      signalling: cpuOfProcess(process.pid),
      splices: (port.splices?.pids ?? []).reduce((sum, pid) => sum + cpuOfProcess(pid), 0),
      workers: workers.reduce((sum, worker) => sum + worker.cpuSeconds, 0),
    },
  };
}

process.on('message', async () => process.send?.(await spent()));
process.on('disconnect', async () => {
  await port.close();
  await server.close();
  process.exit(0);
});
process.send?.({ url: server.url.replace(/^ws/, 'http'), ...ownKeys, tcpPort: port.port } satisfies Where);
