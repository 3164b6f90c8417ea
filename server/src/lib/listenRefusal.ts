import { describeHolder, type PortHolder, portHolder } from './portHolder.ts';
import { StartRefusal } from './StartRefusal.ts';

/** A place to listen on, and the setting that names its port. */
export interface ListenPlace {
  readonly setting: string;
  readonly protocol: 'tcp' | 'udp';
  readonly ip: string;
  readonly port: number;
}

/** The setting that names the address, by the one that names the port. */
const hostSettings: Readonly<Record<string, string>> = { PORT: 'HOST', API_PORT: 'API_HOST', ACME_HTTP_PORT: 'HOST' };

/** Why this server cannot listen there, from the error of its bind and from who is there. */
export function listenRefusal(place: ListenPlace, error: unknown): StartRefusal {
  const { setting, protocol, ip, port } = place;
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const where = `${protocol.toUpperCase()} port ${port} of ${ip}`;
  if (code === 'EACCES')
    return new StartRefusal(
      `${where} may be used by root alone: set ${setting} to 1024 or more, or give the program CAP_NET_BIND_SERVICE`,
      { cause: error },
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartRefusal(
      `${ip} is no address of this machine: correct ${hostSettings[setting] ?? 'MEDIA_LISTEN_IP'}`,
      { cause: error },
    );
  return portTaken(place, portHolder(protocol, ip, port), error);
}

export function portTaken(place: ListenPlace, holder: PortHolder | undefined, cause?: unknown): StartRefusal {
  const { setting, protocol, ip, port } = place;
  const by = holder ? ` by ${describeHolder(holder)}` : '';
  return new StartRefusal(
    `${protocol.toUpperCase()} port ${port} of ${ip} is taken${by}: stop that, or set another ${setting}`,
    { cause },
  );
}
