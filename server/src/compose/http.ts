import type { Server } from 'node:http';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import type { RecordRoom } from '../domain/record/RecordRoom.ts';
import { authenticator } from '../edge/http/authenticate.ts';
import { Bodies } from '../edge/http/bodies.ts';
import { clientAddress } from '../edge/http/clientAddress.ts';
import { createHttpApp } from '../edge/http/createHttpApp.ts';
import { createInternalApp } from '../edge/http/createInternalApp.ts';
import { createWebServer } from '../edge/http/createWebServer.ts';
import type { Route } from '../edge/http/route.ts';
import { upgrades } from '../edge/http/upgrades.ts';
import type { LiveKitEdge } from '../edge/livekit/index.ts';
import { SharedPort, type SharedPortOptions, sharedPortMetrics } from '../edge/sharedPort/index.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { Condition } from '../observability/Conditions.ts';
import type { RefusalLog } from '../observability/RefusalLog.ts';
import type { limiters } from '../store/redis/limiters.ts';
import type { Base } from './Base.ts';
import type { Caps } from './caps.ts';
import { composeCertificate } from './certificate.ts';
import { webFolder } from './places.ts';

interface Needs {
  readonly limits: Pick<ReturnType<typeof limiters>, 'requests'>;
  readonly sessions: Sessions;
  readonly livekit: LiveKitEdge;
  readonly caps: Caps;
  readonly refusals: Pick<RefusalLog, 'note'>;
  readonly recordRoom: RecordRoom;
}

/** What is served to everybody, and what to programs of the operator alone. */
export interface WebServers {
  readonly web: Server;
  readonly internal: Server;
  /** What there is to say of the certificate. */
  readonly conditions: readonly Condition[];
}

/**
 * Page, API and LiveKit's signalling on one server, which shares its upgrades with the sockets; RoomService, metrics
 * and the like on another.
 */
export async function composeHttp(
  base: Base,
  routes: readonly Route[],
  { limits, sessions, livekit, caps, refusals, recordRoom }: Needs,
): Promise<WebServers> {
  const { publicUrl, TRUST_PROXY: trustProxy, API_HOST: host, tls, apiTls } = base.config;
  const bodies = new Bodies();
  base.metrics.watchBodies(() => bodies.held);
  const http = createHttpApp({
    ...base,
    bodies,
    refused: (refused) => refusals.note({ ...refused, way: 'http' }),
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    trustProxy,
    nodesHaveNames: base.config.NODE_URL !== undefined,
    webFolder,
    shellWorker: base.config.SHELL_WORKER,
    isWritable: () => recordRoom.isWritable,
    extensions: livekit.handlers,
    authenticate: authenticator(sessions, limits.requests, (connection, account) =>
      caps.public.vouch(connection, account),
    ),
    routes,
  });
  const forPrograms = createInternalApp({ ...base, publicUrl, host, routes, extensions: [livekit.roomService] });
  const { served, conditions } = await composeCertificate(base);
  const web = createWebServer(http, tls ? { certificate: served } : {});
  if (trustProxy) {
    const addressOf = clientAddress(trustProxy);
    web.on('upgrade', (request) => caps.public.comesFrom(request.socket, addressOf(request)));
  }
  web.on('upgrade', upgrades([livekit], ['/socket.io/']));
  const internal = createWebServer(forPrograms, apiTls ? { certificate: served } : {});
  internal.on('upgrade', upgrades([], []));
  return { web, internal, conditions };
}

/**
 * The TCP ports of the node, which take connections as soon as this resolves: one for everybody, one for programs, and
 * the one for media alone that a server behind a proxy may have. @throws StartRefusal when one is taken
 */
export async function openPorts(base: Base, { web, internal }: WebServers, { sfu, caps }: { sfu: Sfu; caps: Caps }) {
  const { config, logger, metrics, closer } = base;
  const media = {
    ownerOf: (ufrag: string) => sfu.ownerOf(ufrag),
    // To carry a packet costs what it costs to forward it: if all come by TCP, half of the cores do each.
    processes: Math.ceil(config.MEDIA_WORKERS / 2),
    died: (err: Error) => logger.error({ err }, 'a process that carries media over TCP died'),
  };
  const open = async (name: string, options: SharedPortOptions) => closer.own(name, await SharedPort.create(options));

  const { API_HOST, API_PORT, HOST, PORT, MEDIA_LISTEN_IP, MEDIA_TCP_PORT: aside } = config;
  const forPrograms = await open('internal port', {
    ...{ setting: 'API_PORT', host: API_HOST, port: API_PORT, web: internal, caps: caps.internal },
    secureUrl: config.apiTls ? config.apiUrl : undefined,
  });
  const forAll = await open('port', {
    ...{ setting: 'PORT', host: HOST, port: PORT, web, media, caps: caps.public },
    secureUrl: config.tls ? config.publicUrl : undefined,
  });
  const forMedia =
    aside === undefined
      ? undefined
      : await open('port of media', {
          ...{ setting: 'MEDIA_TCP_PORT', host: MEDIA_LISTEN_IP, port: aside, media, caps: caps.media },
        });
  if (config.TRUST_PROXY && !forMedia)
    logger.info('behind a proxy, which passes no ICE, media comes by UDP alone; MEDIA_TCP_PORT would take it over TCP');
  sfu.on('ufragGone', (ufrag) => {
    forAll.endMedia(ufrag);
    forMedia?.endMedia(ufrag);
  });
  const ports = { public: forAll, internal: forPrograms, ...(forMedia && { media: forMedia }) };
  sharedPortMetrics(ports, metrics.registry);
  return { port: forAll.port, internalPort: forPrograms.port };
}
