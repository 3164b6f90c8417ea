import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { OwnServer, type OwnServerOptions } from './OwnServer.ts';

/** The server under test: the one that CONFORMANCE_URL names (its key and secret beside it), or else our own, started for this file. */
export class Target {
  /** ws:// address for clients, without a slash at the end. */
  readonly url: string;
  readonly http: string;
  readonly key: string;
  readonly secret: string;
  /** Undefined when the tests run against another server. */
  readonly own: OwnServer | undefined;
  readonly rooms: RoomServiceClient;

  static async open(options: Pick<OwnServerOptions, 'webhookUrls' | 'settings'> = {}): Promise<Target> {
    const { CONFORMANCE_URL: url, CONFORMANCE_API_KEY: key, CONFORMANCE_API_SECRET: secret } = process.env;
    if (url) return new Target(url, key ?? 'devkey', secret ?? '', undefined);
    const own = await OwnServer.start(options);
    return new Target(own.url, own.key, own.secret, own);
  }

  private constructor(url: string, key: string, secret: string, own: OwnServer | undefined) {
    this.url = url.replace(/^http/, 'ws').replace(/\/$/, '');
    this.http = this.url.replace(/^ws/, 'http');
    this.key = key;
    this.secret = secret;
    this.own = own;
    this.rooms = new RoomServiceClient(this.http, key, secret);
  }

  /** A token that joins `room`, with more (or fewer) rights when told so. */
  token(identity: string, room: string, grant: VideoGrant = {}, options: object = {}): Promise<string> {
    const token = new AccessToken(this.key, this.secret, { identity, ttl: 600, ...options });
    token.addGrant({ roomJoin: true, room, ...grant });
    return token.toJwt();
  }

  async close(): Promise<void> {
    await this.own?.close();
  }
}

let rooms = 0;
/** A room name that no other test uses, on a server that outlives this run. */
export const freshRoom = (step: string): string => `${step}-${process.pid}-${Date.now().toString(36)}-${rooms++}`;
