import { access, constants } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import { authenticator } from '../edge/http/authenticate.ts';
import { createHttpApp } from '../edge/http/createHttpApp.ts';
import { createInternalApp } from '../edge/http/createInternalApp.ts';
import { createWebServer } from '../edge/http/createWebServer.ts';
import type { Route } from '../edge/http/route.ts';
import { upgrades } from '../edge/http/upgrades.ts';
import type { LiveKitEdge } from '../edge/livekit/index.ts';
import {
  howToTrust,
  localCertificate,
  machineNames,
  SharedPort,
  type SharedPortOptions,
  sharedPortMetrics,
} from '../edge/sharedPort/index.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { limiters } from '../store/redis/limiters.ts';
import type { Base } from './Base.ts';
import { tlsFolder, webFolder } from './places.ts';

interface Needs {
  readonly limits: Pick<ReturnType<typeof limiters>, 'requests'>;
  readonly sessions: Sessions;
  readonly livekit: LiveKitEdge;
}

/** What is served to everybody, and what to programs of the operator alone. */
export interface WebServers {
  readonly web: Server;
  readonly internal: Server;
}

/**
 * Page, API and LiveKit's signalling on one server, which shares its upgrades with the sockets; RoomService, metrics
 * and the like on another.
 */
export async function composeHttp(
  base: Base,
  routes: readonly Route[],
  { limits, sessions, livekit }: Needs,
): Promise<WebServers> {
  const { publicUrl, TRUST_PROXY: trustProxy, API_HOST: host, tls, apiTls } = base.config;
  const http = createHttpApp({
    ...base,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    trustProxy,
    webFolder,
    extensions: livekit.handlers,
    authenticate: authenticator(sessions, limits.requests),
    routes,
  });
  const forPrograms = createInternalApp({ ...base, publicUrl, host, routes, extensions: [livekit.roomService] });
  const pair = await certificate(base);
  const web = await createWebServer(http, tls ? pair : {});
  web.on('upgrade', upgrades([livekit], ['/socket.io/']));
  const internal = await createWebServer(forPrograms, apiTls ? pair : {});
  internal.on('upgrade', upgrades([], []));
  return { web, internal };
}

/**
 * The TCP ports of the node, which take connections as soon as this resolves: one for everybody, one for programs, and
 * the one for media alone that a server behind a proxy may have. @throws StartRefusal when one is taken
 */
export async function openPorts(base: Base, { web, internal }: WebServers, sfu: Sfu) {
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
    ...{ setting: 'API_PORT', host: API_HOST, port: API_PORT, web: internal },
    secureUrl: config.apiTls ? config.apiUrl : undefined,
  });
  const forAll = await open('port', {
    ...{ setting: 'PORT', host: HOST, port: PORT, web, media },
    secureUrl: config.tls ? config.publicUrl : undefined,
  });
  const forMedia =
    aside === undefined
      ? undefined
      : await open('port of media', { setting: 'MEDIA_TCP_PORT', host: MEDIA_LISTEN_IP, port: aside, media });
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

/** Where the certificate lies: the operator's, else one of the machine's own authority, else none is needed. */
async function certificate({ config, logger }: Base): Promise<{ cert?: string; key?: string }> {
  const { TLS_CERT: cert, TLS_KEY: key } = config;
  if (cert && key) {
    for (const [setting, path] of Object.entries({ TLS_CERT: cert, TLS_KEY: key }))
      await requireReadable(setting, path);
    return { cert, key };
  }
  if (cert || key) throw new StartRefusal('TLS_CERT and TLS_KEY belong together: set both or none');
  if (!config.tls && !config.apiTls) return {};
  const names = machineNames([new URL(config.publicUrl).hostname, config.HOST, config.API_HOST]);
  const local = await localCertificate(tlsFolder(config), names);
  if (config.tls) for (const line of howToTrust(local).split('\n')) logger.info(line);
  return local;
}

async function requireReadable(setting: string, path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartRefusal(`${setting}: ${path} cannot be read (${code}): correct it`, { cause: error });
  }
}
