/** Lets many viewers join a room, and measures how soon they see something and what that costs the server. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readKeys, touches } from '../../server/src/edge/livekit/keys/index.ts';
import { listenerOf, sumOf, usageOfTree } from '../measure/processTree.ts';
import { installation } from '../support/installation.ts';
import { Bots } from './Bots.ts';
import type { Account } from './signal.ts';
import { type LoadResult, type Moment, summarise } from './summary.ts';

const usage = `Lets many viewers join a room, and measures how soon they see something and what that costs the server.

usage: npm run dh -- load [--viewers N] [--rate R] [--duration S] [--url URL --key KEY --secret SECRET] [--room NAME]
                          [--nodes URL,URL] [--no-publisher] [--links FILE] [--server-pid PID] [--json]

  --viewers       how many (default 50)
  --rate          how many begin to join each second (default 10)
  --duration      seconds to hold once all are in (default 10)
  --url           server (default http://HOST:PORT of the environment, or http://127.0.0.1:8080)
  --nodes         several nodes of one cluster, separated by commas, in place of --url: viewers go to them in turn, the
                  publisher to the first; what the server uses is then the sum of those on this machine
  --key --secret  its API key (default: the first of this installation that has the room, as keys list shows them)
  --room          room to join (default: one of its own)
  --links         for the room of a briefing, which no API key opens: a file with a personal link in each line (what
                  account seats printed will do), each for one viewer; --room is the briefing's id, and somebody on its
                  stage publishes
  --no-publisher  somebody else publishes there already; otherwise a bot sends recorded sound and picture in three layers
  --server-pid    root of the server's processes (default: whoever listens on the port, when it is on this machine)
  --json          print the result as JSON

The bots are LiveKit clients with real ICE, DTLS and SRTP and a browser's RTCP, but without decoders, in a process of their
own. The first frame is the first key frame that is complete, counted from the moment when the viewer began to connect.

A server that estimates its viewers' bandwidth pays for that with every packet. So that like is compared with like, ours as it comes
(media.estimation: false) stands beside a LiveKit server with rtc: {congestion_control: {enabled: false}}, and ours with
media.estimation: true beside a LiveKit server as it comes; the line "estimation" says what viewers were asked to report.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    rate: { type: 'string', default: '10' },
    duration: { type: 'string', default: '10' },
    url: { type: 'string' },
    nodes: { type: 'string' },
    key: { type: 'string' },
    secret: { type: 'string' },
    room: { type: 'string' },
    links: { type: 'string' },
    'no-publisher': { type: 'boolean', default: false },
    'server-pid': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const isLocal = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** The root of a server's processes; undefined: it is not on this machine. */
function processOf(url: string): number | undefined {
  const { port, protocol } = new URL(url);
  return isLocal(url) ? listenerOf(Number(port || (/s:$/.test(protocol) ? 443 : 80))) : undefined;
}

async function readAccount(): Promise<Account> {
  const { HOST = '127.0.0.1', PORT = '8080' } = process.env;
  const nodes = values.nodes?.split(',');
  const url = nodes?.[0] ?? values.url ?? `http://${HOST}:${PORT}`;
  const local = [url, ...(nodes ?? [])].every(isLocal);
  const room = values.room ?? `load-${Date.now().toString(36)}`;
  const common = { url, room, ...(nodes && { nodes }), ...(local ? { bindAddress: '127.0.0.1' } : {}) };
  if (values.links !== undefined) {
    const text = await readFile(values.links, 'utf8');
    return { ...common, key: '', secret: '', links: text.match(/\S*#l=[A-Za-z0-9_-]+/g) ?? [] };
  }
  if (values.key && values.secret) return { ...common, key: values.key, secret: values.secret };
  const found = (await readKeys(await installation())).keys.find((key) => touches(key, room));
  const [newest] = found?.secrets ?? [];
  if (!found || !newest) {
    console.error(
      `No API key here has the room ${room}: start the server first (npm start), or give --key and --secret.`,
    );
    process.exit(2);
  }
  return { ...common, key: found.name, secret: newest.secret };
}

const positive = (name: 'viewers' | 'rate' | 'duration'): number => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a positive number`);
  return value;
};

async function run(): Promise<LoadResult> {
  const account = await readAccount();
  const pids = values['server-pid'] ? [Number(values['server-pid'])] : (account.nodes ?? [account.url]).map(processOf);
  const server = () => {
    const known = pids.flatMap((pid) => pid ?? []);
    return known.length === pids.length ? sumOf(known.map(usageOfTree)) : undefined;
  };
  const publisher = values['no-publisher'] || account.links ? undefined : await Bots.publisher(account);
  let viewers: Bots | undefined;
  try {
    const idle = server();
    viewers = await Bots.viewers(account, Math.round(positive('viewers')), positive('rate'));
    const moment = async (bots: Bots): Promise<Moment> => ({
      at: performance.now(),
      bots: await bots.snapshot(),
      server: server(),
    });
    const joined = await moment(viewers);
    await wait(1000 * positive('duration'));
    const end = await moment(viewers);
    const failures = new Set(end.bots.viewers.flatMap((v) => v.failure ?? []));
    for (const failure of [...failures].slice(0, 5)) console.error(`a viewer failed: ${failure}`);
    return summarise(idle, joined, end, account.nodes);
  } finally {
    await viewers?.close();
    await publisher?.close();
  }
}

function print(result: LoadResult): void {
  const ms = (t: { p50: number; p95: number; p99: number }): string =>
    `p50 ${t.p50.toFixed(0)} ms, p95 ${t.p95.toFixed(0)} ms, p99 ${t.p99.toFixed(0)} ms`;
  console.log(`viewers       ${result.viewers}, of whom ${result.failed} failed`);
  console.log(`joins         ${result.joinsPerSecond.toFixed(1)} a second`);
  console.log(`first frame   ${ms(result.firstFrameMs)}`);
  console.log(`first sound   ${ms(result.firstSoundMs)}`);
  for (const { url, viewers, firstFrameMs } of result.nodes)
    console.log(`  at ${url}: ${viewers} viewers, first frame ${ms(firstFrameMs)}`);
  console.log(`loss          ${(100 * result.loss).toFixed(3)} %`);
  console.log(
    `forwarded     ${result.packetsPerSecond.toFixed(0)} packets a second, ${result.mbitPerSecond.toFixed(1)} Mbit/s`,
  );
  console.log(
    `estimation    by ${result.reports.join(' and ')}`.replace(
      'by none',
      'none: no report for it was asked of the viewers',
    ),
  );
  const s = result.server;
  if (s) {
    console.log(
      `server, join  ${s.joinCpuMsPerViewer.toFixed(1)} ms of CPU and ${s.memoryMbPerViewer.toFixed(2)} MB for each viewer`,
    );
    console.log(
      `server, hold  ${s.cpuPercentOfCore.toFixed(1)} % of a core, ${s.cpuPercentPerViewer.toFixed(3)} % for each viewer, ${s.cpuUsPerPacket.toFixed(1)} us for each packet, ${s.memoryMb.toFixed(0)} MB`,
    );
  } else console.log('server        not on this machine: its CPU and memory are unknown');
  console.log(`bots          ${result.botsCpuPercentOfCore.toFixed(1)} % of a core`);
}

if (values.help) console.log(usage);
else {
  const result = await run();
  if (values.json) console.log(JSON.stringify(result));
  else print(result);
  if (result.failed > 0) process.exitCode = 1;
}
