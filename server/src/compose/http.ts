import { access, constants } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import { authenticator } from '../edge/http/authenticate.ts';
import { createHttpApp } from '../edge/http/createHttpApp.ts';
import { createWebServer } from '../edge/http/createWebServer.ts';
import type { Route } from '../edge/http/route.ts';
import { upgrades } from '../edge/http/upgrades.ts';
import type { LiveKitEdge } from '../edge/livekit/index.ts';
import { howToTrust, localCertificate, machineNames, SharedPort, sharedPortMetrics } from '../edge/sharedPort/index.ts';
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

/** Page, API and LiveKit's HTTP on one server, which shares its upgrades with the sockets. */
export async function composeHttp(base: Base, routes: readonly Route[], { limits, sessions, livekit }: Needs) {
  const { publicUrl, TRUST_PROXY: trustProxy } = base.config;
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
  const server = await createWebServer(http, await certificate(base));
  server.on('upgrade', upgrades([livekit], ['/socket.io/']));
  return server;
}

/**
 * The one TCP port of the node, which takes connections as soon as this resolves. @throws StartRefusal when it is taken
 */
export async function openPort({ config, metrics, closer }: Base, web: Server, sfu: Sfu): Promise<SharedPort> {
  const port = await SharedPort.create({
    host: config.HOST,
    port: config.PORT,
    web,
    secureUrl: config.tls ? config.publicUrl : undefined,
    tcpPortOf: (ufrag) => sfu.tcpPortOf(ufrag),
    mediaHost: sfu.mediaHost,
  });
  sharedPortMetrics(port, metrics.registry);
  return closer.own('port', port);
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
  if (!config.tls) return {};
  const names = machineNames([new URL(config.publicUrl).hostname, config.HOST]);
  const local = await localCertificate(tlsFolder(config), names);
  for (const line of howToTrust(local).split('\n')) logger.info(line);
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
