import { loadSfuConfig } from '@dieu-hanh/sfu-config';
import { ICEServer } from '@livekit/protocol';
import { Counter, Gauge } from 'prom-client';
import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { linesTopic } from '../cluster/topics/lines.ts';
import { KeyRing, LiveKitEdge, Tokens } from '../edge/livekit/index.ts';
import { BriefingStages, type NodeRooms, Rooms } from '../hall/index.ts';
import { every } from '../lib/every.ts';
import type { Quotas } from '../lib/Quotas.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { logWorkerDeaths, Sfu, sfuMetrics } from '../media/sfu/index.ts';
import type { Base } from './Base.ts';
import type { Caps } from './caps.ts';
import { tcpReach } from './tcpReach.ts';
import { mediaWalls } from './walls.ts';

/** How late a node may notice that API keys were changed. */
const KEYS_READ_MS = 2_000;

function readSfuConfig(path: string | undefined) {
  try {
    return loadSfuConfig(path);
  } catch (error) {
    throw new StartRefusal(`SFU_CONFIG: ${(error as Error).message}`, { cause: error });
  }
}

/** Other nodes, where there may be any. */
interface Cluster {
  readonly nodes: NodeRooms | undefined;
  readonly requests: Requests;
}

/** Media by itself: SFU workers, rooms, LiveKit's wire protocol. Needs no store, so it can be started alone. */
export async function composeMedia(
  { config, logger, metrics, closer }: Base,
  caps: Caps & { readonly quotas: Quotas },
  cluster: Cluster,
) {
  const sfuConfig = readSfuConfig(config.SFU_CONFIG);
  const sfu = await Sfu.create({
    config: sfuConfig,
    workers: config.MEDIA_WORKERS,
    listenIp: config.MEDIA_LISTEN_IP,
    announcedAddress: config.MEDIA_ANNOUNCED_ADDRESS,
    port: config.MEDIA_PORT,
    workerBin: config.MEDIASOUP_WORKER_BIN,
    launcher: config.MEDIA_LAUNCHER,
    tcp: tcpReach(config),
    pipes: { address: config.PIPE_ADDRESS, ports: config.PIPE_PORTS },
  });
  closer.own('sfu', sfu);
  logWorkerDeaths(sfu, logger, metrics.registry);
  sfuMetrics(sfu, metrics.registry);

  const rooms = new Rooms({ sfu, log: logger, autoCreate: true, config: sfuConfig, nodes: cluster.nodes });
  const { registry } = metrics;
  new Gauge({
    name: 'dh_rooms',
    help: 'Rooms of this node.',
    registers: [registry],
    collect: function () {
      this.set(rooms.list().length);
    },
  });
  new Gauge({
    name: 'dh_participants',
    help: 'LiveKit participants of this node.',
    registers: [registry],
    collect: function () {
      this.set(rooms.list().reduce((sum, room) => sum + [...room.participants].length, 0));
    },
  });
  const keys = await KeyRing.create(config, logger);
  const failed = (err: unknown) => logger.error({ err }, 'looking at the API keys failed');
  closer.own(
    'API keys',
    every(KEYS_READ_MS, () => keys.refresh(), failed),
  );
  const tokens = new Tokens(keys);
  const ignored = new Counter({
    name: 'dh_livekit_ignored_total',
    help: 'Messages of LiveKit clients that were not understood, not served or not allowed.',
    labelNames: ['what'],
    registers: [registry],
  });
  const livekit = new LiveKitEdge({
    rooms,
    tokens,
    keys,
    ...cluster,
    node: {
      region: config.REGION,
      nodeId: config.NODE_ID,
      iceServers: sfuConfig.media.iceServers.map((server) => new ICEServer(server)),
    },
    log: logger,
    allowSimulate: config.ALLOW_SIMULATE,
    ignored: (what) => ignored.inc({ what }),
    vouch: (connection, whose) => caps.public.vouch(connection, whose),
    quotas: caps.quotas,
  });
  // Rooms close before their edge, so that their last events still go out.
  closer.own('livekit', livekit);
  closer.own('rooms', rooms);
  const forClients = {
    iceServers: sfuConfig.media.iceServers,
    camera: sfuConfig.simulcast.camera,
    screen: sfuConfig.simulcast.screen,
  };
  const conditions = [mediaWalls(sfu, config.MEDIA_LAUNCHER)];
  const lines = nodeTopic(linesTopic, {
    tell: (publish) => rooms.lines.start(publish),
    hear: (message) => rooms.lines.hear(message),
  });
  return {
    forClients,
    conditions,
    nodeTopics: [lines, ...livekit.nodeTopics],
    sfu,
    rooms,
    stage: new BriefingStages(rooms),
    tokens,
    keys,
    livekit,
  };
}
