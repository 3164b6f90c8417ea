import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { OwnServer, type OwnServerOptions } from './OwnServer.ts';

/** The server under test: the one that CONFORMANCE_URL names (its key and secret beside it), or else our own, started for this file. */
export class Target {
  /** ws:// address for clients, without a slash at the end. */
  readonly url: string;
  readonly http: string;
  /** Where RoomService is: the reference has it on the same port as everything else, ours on one of its own. */
  readonly api: string;
  readonly key: string;
  readonly secret: string;
  /** Undefined when the tests run against another server. */
  readonly own: OwnServer | undefined;
  readonly rooms: RoomServiceClient;

  static async open(options: Pick<OwnServerOptions, 'webhookUrls' | 'settings'> = {}): Promise<Target> {
    const { CONFORMANCE_URL: url, CONFORMANCE_API_URL: api } = process.env;
    const { CONFORMANCE_API_KEY: key = 'devkey', CONFORMANCE_API_SECRET: secret = '' } = process.env;
    if (url) return new Target({ url, api: api || url, key, secret }, undefined);
    const own = await OwnServer.start(options);
    return new Target(own, own);
  }

  private constructor(
    { url, api, key, secret }: Pick<OwnServer, 'url' | 'api' | 'key' | 'secret'>,
    own: OwnServer | undefined,
  ) {
    this.url = url.replace(/^http/, 'ws').replace(/\/$/, '');
    this.http = this.url.replace(/^ws/, 'http');
    this.api = api.replace(/^ws/, 'http').replace(/\/$/, '');
    this.key = key;
    this.secret = secret;
    this.own = own;
    this.rooms = new RoomServiceClient(this.api, key, secret);
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
