import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { oneStage } from '../../server/src/domain/shared/stages.ts';
import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { cpuOfProcess, usageOfTree } from '../measure/processTree.ts';
import { type FullOrder, type FullUsage, ROOM, SPEAKERS } from './fullOrders.ts';

// A server with two workers and a briefing of two speakers, of whom one is on stage, in a process of its own. Says by IPC
// where it listens; then does what it is told, and says what it has spent by then.

const RESOLUTION_MS = 10;
const LOOK_AFTER_MS = 1_000;
const now = (): number => performance.timeOrigin + performance.now();

const server = await OwnServer.start({ workers: 2 });
/** When the room had workers told of what it had gathered, of one cut. */
let toldAt: number[] = [];
const { sfu } = server;
const createRoom = sfu.createRoom.bind(sfu);
sfu.createRoom = (name) => {
  const room = createRoom(name);
  const gather = room.gather.bind(room);
  room.gather = (isFirst) => {
    const tell = gather(isFirst);
    return () => {
      tell();
      toldAt.push(now());
    };
  };
  return room;
};
const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();
let live = 0;
server.hall.openBriefing(
  ROOM,
  oneStage('vn'),
  SPEAKERS.map((identity, i) => ({ identity, place: i === live ? 'stage' : 'green', muted: false })),
);

async function cut(): Promise<void> {
  const [off, on] = [SPEAKERS[live] ?? '', SPEAKERS[1 - live] ?? ''];
  live = 1 - live;
  await Promise.all([
    server.hall.order(ROOM, { identity: off, place: 'green', muted: false }),
    server.hall.order(ROOM, { identity: on, place: 'stage', muted: false }),
  ]);
}

/** @returns how many peers it had */
async function kill(): Promise<number> {
  const worker = server.rooms.get(ROOM)?.get(SPEAKERS[1 - live] ?? '')?.peer.worker;
  const victim = (await server.sfu.usage()).find((one) => one.worker === worker);
  if (!victim) throw new Error('whoever is not on stage is not there');
  process.kill(victim.pid, 'SIGKILL');
  return victim.peers;
}

async function usage(at: number, tookMs: number, died: number): Promise<FullUsage> {
  const workers = await server.sfu.usage();
  const megabytes = (pid: number): number => usageOfTree(pid).memoryBytes / 2 ** 20;
  const own = workers.reduce((sum, { pid }) => sum + megabytes(pid), 0);
  const lateMs = Math.max(0, late.max / 1e6 - RESOLUTION_MS);
  const [picture = at, sound = at] = toldAt;
  late.reset();
  return {
    at,
    node: { cpu: cpuOfProcess(process.pid), megabytes: megabytes(process.pid) - own },
    workers: { cpu: workers.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0), megabytes: own },
    toldMs: { picture: picture - at, sound: sound - at },
    ...{ lateMs, tookMs, died },
  };
}

process.on('message', async (order: FullOrder) => {
  const at = now();
  toldAt = [];
  if (order === 'cut') await cut();
  const died = order === 'kill' ? await kill() : 0;
  const tookMs = now() - at;
  // To look is work, which would be part of what follows from the order.
  if (order !== 'usage') await wait(LOOK_AFTER_MS);
  process.send?.(await usage(at, tookMs, died));
});
process.on('disconnect', async () => {
  await server.close();
  process.exit(0);
});
process.send?.({ url: server.url.replace(/^ws/, 'http'), ...ownKeys });
