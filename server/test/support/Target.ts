import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import { LinkedServers } from './LinkedServers.ts';
import { OwnServer, type OwnServerOptions } from './OwnServer.ts';
import { chanceOfNodes, testNodes } from './severalNodes.ts';

/** Where a server is asked, and how one proves to be a program of it. */
type Server = Pick<OwnServer, 'url' | 'api' | 'key' | 'secret'>;

/**
 * The server under test: the one that CONFORMANCE_URL names (its key and secret beside it), or else our own, started for this
 * file; with TEST_NODES so many of them as one, and each client and each call at one by chance (TEST_SEED).
 */
export class Target {
  readonly key: string;
  readonly secret: string;
  /** Undefined when the tests run against another server. */
  readonly own: OwnServer | undefined;
  readonly #servers: readonly Server[];
  readonly #close: () => Promise<void>;
  readonly #chance: () => number;

  static async open(options: Pick<OwnServerOptions, 'webhookUrls' | 'settings'> = {}, nodes?: number): Promise<Target> {
    const { CONFORMANCE_URL: url, CONFORMANCE_API_URL: api } = process.env;
    const { CONFORMANCE_API_KEY: key = 'devkey', CONFORMANCE_API_SECRET: secret = '' } = process.env;
    if (url) return new Target([{ url, api: api || url, key, secret }], undefined, async () => {});
    const count = nodes ?? testNodes;
    if (count > 1) {
      const linked = await LinkedServers.start(count, options);
      return new Target(
        linked.all.map(({ server }) => server),
        linked.all[0]?.server,
        () => linked.close(),
      );
    }
    const own = await OwnServer.start(options);
    return new Target([own], own, () => own.close());
  }

  private constructor(servers: readonly Server[], own: OwnServer | undefined, close: () => Promise<void>) {
    const [{ key = '', secret = '' } = {}] = servers;
    this.key = key;
    this.secret = secret;
    this.own = own;
    this.#servers = servers;
    this.#close = close;
    this.#chance = servers.length > 1 ? chanceOfNodes(servers.length) : () => 0;
  }

  /** ws:// address for the next client, without a slash at the end. */
  get url(): string {
    return this.#any.url.replace(/^http/, 'ws').replace(/\/$/, '');
  }
  get http(): string {
    return this.url.replace(/^ws/, 'http');
  }
  /** Where RoomService is: the reference has it on the same port as everything else, ours on one of its own. */
  get api(): string {
    return this.#any.api.replace(/^ws/, 'http').replace(/\/$/, '');
  }
  get rooms(): RoomServiceClient {
    return new RoomServiceClient(this.api, this.key, this.secret);
  }
  get #any(): Server {
    const server = this.#servers[Math.floor(this.#chance() * this.#servers.length)];
    if (!server) throw new Error('there is no server');
    return server;
  }

  /** A token that joins `room`, with more (or fewer) rights when told so. */
  token(identity: string, room: string, grant: VideoGrant = {}, options: object = {}): Promise<string> {
    const token = new AccessToken(this.key, this.secret, { identity, ttl: 600, ...options });
    token.addGrant({ roomJoin: true, room, ...grant });
    return token.toJwt();
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

let rooms = 0;
/** A room name that no other test uses, on a server that outlives this run. */
export const freshRoom = (step: string): string => `${step}-${process.pid}-${Date.now().toString(36)}-${rooms++}`;
