import type { TreeUsage } from '../measure/processTree.ts';
import type { Snapshot, ViewerState } from './protocol.ts';
import type { LineReports } from './ViewerConnection.ts';

/** Nearest-rank percentile. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

const total = (viewers: readonly ViewerState[], field: 'packets' | 'expected' | 'bytes' | 'recovered'): number =>
  viewers.reduce((sum, viewer) => sum + viewer[field], 0);

interface Three {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface LoadResult {
  readonly viewers: number;
  readonly failed: number;
  readonly joinsPerSecond: number;
  readonly firstFrameMs: Three;
  readonly firstSoundMs: Three;
  /** Of several nodes each. */
  readonly nodes: readonly { readonly url: string; readonly viewers: number; readonly firstFrameMs: Three }[];
  /** Fraction of the packets of the holding time that never came. */
  readonly loss: number;
  /** What viewers were asked to report of their lines; a server that estimates bandwidth from it pays for that with every packet. */
  readonly reports: readonly LineReports[];
  readonly packetsPerSecond: number;
  readonly mbitPerSecond: number;
  readonly server:
    | {
        readonly joinCpuMsPerViewer: number;
        readonly cpuPercentOfCore: number;
        readonly cpuPercentPerViewer: number;
        readonly cpuUsPerPacket: number;
        readonly memoryMbPerViewer: number;
        readonly memoryMb: number;
      }
    | undefined;
  readonly botsCpuPercentOfCore: number;
}

/** One moment: what the viewers have, and what the server has used. */
export interface Moment {
  readonly at: number;
  readonly bots: Snapshot;
  readonly server: TreeUsage | undefined;
}

/**
 * @param idle the server's use before the first viewer; `joined` and `end` frame the holding time
 * @param nodes several, to which viewers went in turn
 */
export function summarise(
  idle: TreeUsage | undefined,
  joined: Moment,
  end: Moment,
  nodes: readonly string[] = [],
): LoadResult {
  const { viewers } = joined.bots;
  const seconds = (end.at - joined.at) / 1000;
  const there = viewers.filter((v) => v.times.joined !== undefined);
  const lastJoin = Math.max(0, ...there.map((v) => v.startedAt + (v.times.joined ?? 0)));
  const delta = (field: 'packets' | 'expected' | 'bytes'): number =>
    total(end.bots.viewers, field) - total(viewers, field);
  const three = (values: readonly number[]): Three => ({
    p50: percentile(values, 50),
    p95: percentile(values, 95),
    p99: percentile(values, 99),
  });
  const server = idle && joined.server && end.server ? { idle, joined: joined.server, end: end.server } : undefined;
  const cpu = server ? server.end.cpuSeconds - server.joined.cpuSeconds : 0;
  const megabytes = 2 ** 20;
  return {
    viewers: viewers.length,
    failed: end.bots.viewers.filter((v) => v.failure !== undefined || v.times.firstVideo === undefined).length,
    joinsPerSecond: there.length / (lastJoin / 1000),
    firstFrameMs: three(viewers.flatMap((v) => v.times.firstVideo ?? [])),
    firstSoundMs: three(viewers.flatMap((v) => v.times.firstAudio ?? [])),
    nodes: nodes.map((url, nr) => {
      const own = viewers.filter((_, i) => i % nodes.length === nr);
      return { url, viewers: own.length, firstFrameMs: three(own.flatMap((v) => v.times.firstVideo ?? [])) };
    }),
    loss: Math.max(0, 1 - delta('packets') / Math.max(1, delta('expected'))),
    reports: [...new Set(end.bots.viewers.map(({ reports }) => reports))],
    packetsPerSecond: delta('packets') / seconds,
    mbitPerSecond: (delta('bytes') * 8) / seconds / 1e6,
    server: server && {
      joinCpuMsPerViewer: ((server.joined.cpuSeconds - server.idle.cpuSeconds) * 1000) / viewers.length,
      cpuPercentOfCore: (100 * cpu) / seconds,
      cpuPercentPerViewer: (100 * cpu) / seconds / viewers.length,
      cpuUsPerPacket: (cpu * 1e6) / Math.max(1, delta('packets')),
      memoryMbPerViewer: (server.joined.memoryBytes - server.idle.memoryBytes) / megabytes / viewers.length,
      memoryMb: server.end.memoryBytes / megabytes,
    },
    botsCpuPercentOfCore: (100 * (end.bots.cpuSeconds - joined.bots.cpuSeconds)) / seconds,
  };
}
