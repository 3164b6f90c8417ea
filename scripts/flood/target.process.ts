import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Meeting } from '../../server/test/support/Meeting.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import { TestNode } from '../../server/test/support/TestNode.ts';
import { cpuOfProcess, usageOfTree } from '../measure/processTree.ts';
import type { Place, ServerState, TargetOrder } from './protocol.ts';

// The server under attack: a whole node with stores of its own, on free ports of loopback, with a live briefing whose
// principal is on stage. Says where it is, and then, each time it is asked, what it has spent and holds.

/** Seats whose links the attacker has. */
const GONE = 7;
/** So that the sockets of one attack, of which there are twice as many, meet the cap that each address has. */
const CONNECTIONS_PER_ADDRESS = 200;
const RESOLUTION_MS = 10;

const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let node: TestNode | undefined;
let meeting: Meeting | undefined;

async function start(viewers: number): Promise<Place> {
  const pair = { key: 'flood', secret: randomBytes(24).toString('hex') };
  node = await TestNode.create({
    ...{ LIVEKIT_API_KEY: pair.key, LIVEKIT_API_SECRET: pair.secret },
    CONNECTIONS_PER_ADDRESS: String(CONNECTIONS_PER_ADDRESS),
  });
  meeting = await Meeting.open(node);
  const principal = await meeting.enter('Prime');
  await principal.act('stage.goLive', {});
  const wanted = { root: '79', states: ['never' as const], limit: viewers + GONE };
  const { rows } = await principal.act('presence.list', wanted);
  const units = rows.map(({ unit }) => unit);
  const links = (await issueLinksFor(node, 'seat', units)).map((secret) => `${node?.url}/#l=${secret}`);
  late.enable();
  return {
    ...{ url: node.url, room: meeting.briefing, ...pair, speaker: principal.joined.token },
    ...{ viewers: links.slice(0, viewers), gone: links.slice(viewers) },
  };
}

async function state({ internalUrl, app }: TestNode): Promise<ServerState> {
  const metrics = await (await fetch(`${internalUrl}/metrics`)).text();
  const sum = (name: string): number =>
    [...metrics.matchAll(new RegExp(`^${name}(?:{.*})? (\\S+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0);
  const outcomes: Record<string, number> = {};
  for (const [, outcome = '', count] of metrics.matchAll(
    /^dh_port_connections{.*port="public".*outcome="(\w+)".*} (\d+)/gm,
  ))
    outcomes[outcome] = Number(count);
  const tree = usageOfTree(process.pid);
  const [own, workers] = [cpuOfProcess(process.pid), sum('dh_worker_cpu_seconds')];
  const ms = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS);
  const lateMs = { p99: ms(late.percentile(99)), max: ms(late.max) };
  late.reset();
  return {
    at: performance.now(),
    cpu: { node: own, workers, rest: Math.max(0, tree.cpuSeconds - own - workers) },
    lateMs,
    memoryMb: { node: process.memoryUsage().rss / 2 ** 20, all: tree.memoryBytes / 2 ** 20 },
    connections: connectionsTo(app.port),
    participants: sum('dh_participants'),
    outcomes,
  };
}

/** TCP connections of which we hold our end, by /proc: neither listening nor in TIME_WAIT. */
function connectionsTo(port: number): number {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  return rows.filter((row) => {
    const [, local, , standing] = row.trim().split(/\s+/);
    return local?.endsWith(hex) && standing !== '0A' && standing !== '06';
  }).length;
}

async function obey(order: TargetOrder): Promise<void> {
  if (order.type === 'start') process.send?.(await start(order.viewers));
  else if (node) process.send?.(await state(node));
}

process.on('message', (order: TargetOrder) => {
  obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', async () => {
  meeting?.close();
  await node?.close();
  process.exit(0);
});
