import { setTimeout as wait } from 'node:timers/promises';
import { placeHeader } from '../../server/src/protocol/briefing.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { until, within } from '../../server/test/support/until.ts';
import { isReady } from '../../web/src/lib/isReady.ts';
import { fullJitter } from '../../web/src/lib/jitter.ts';
import { Departures } from '../../web/src/livekit/Departures.ts';
import { worthOf } from '../../web/src/livekit/nodeAnswers.ts';
import type { Account } from '../load/signal.ts';

/** One connection to a node, and why it is no more. */
export interface MediaConnection {
  readonly failure: string | undefined;
  close(): Promise<void>;
}

interface PageBotOptions<C> {
  /** Of this machine, for media. */
  readonly address: string;
  /** Whether nothing comes by the connection that should. */
  readonly isSilent?: (connection: C) => boolean;
  /** Where it goes at first, whatever node is named. */
  readonly first?: string | undefined;
}

/** A connection that has not come about by then is given up, ms. */
const CONNECT_MS = 15_000;
const LOOK_MS = 20;
/** A node that is of use is asked again so soon while nothing comes from it, ms. */
const ASK_AGAIN_MS = 1_000;
/** As `NodeWatch` of the page. */
const SUSPECT_MS = 300;
/** As a page waits for `/join`. */
const JOIN_MS = 10_000;
/** After which something that is not silent has come from where it is, ms. */
const CAME_MS = 3_000;

/**
 * A device whose media comes back as that of a page does (web/src/livekit/MediaRoom.ts): where its connection ends it tries once to go on
 * with it, then asks for a node by `/join`, and says which ones it did not reach.
 */
export class PageBot<C extends MediaConnection> {
  readonly channel: ChannelClient;
  connection: C | undefined;
  /** How often it connected. */
  joins = 0;
  /** Where it is; undefined: nowhere at the moment. */
  url: string | undefined;
  readonly #enter: (account: Account, identity: string) => Promise<C>;
  readonly #address: string;
  readonly #isSilent: (connection: C) => boolean;
  readonly #departures = new Departures();
  #closed = false;
  #over: Promise<void> = Promise.resolve();

  /**
   * Resolves when it is there. @param enter connects
   */
  static async open<C extends MediaConnection>(
    channel: ChannelClient,
    enter: (account: Account, identity: string) => Promise<C>,
    { address, isSilent = () => false, first }: PageBotOptions<C>,
  ): Promise<PageBot<C>> {
    const page = new PageBot(channel, enter, address, isSilent);
    page.#over = page.#live(first);
    await until('its media is there', () => page.connection, 60_000);
    return page;
  }

  private constructor(
    channel: ChannelClient,
    enter: (account: Account, identity: string) => Promise<C>,
    address: string,
    isSilent: (connection: C) => boolean,
  ) {
    this.channel = channel;
    this.#enter = enter;
    this.#address = address;
    this.#isSilent = isSilent;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#over;
    await this.connection?.close();
    this.channel.close();
  }

  async #live(first: string | undefined): Promise<void> {
    const { program, joined } = this.channel;
    const path = `/api/briefings/${joined.briefing.id}/join`;
    let at = first;
    let place = joined.place;
    for (let attempt = 0; !this.#closed; ) {
      let named: string | undefined;
      try {
        const kept = place === undefined ? {} : { [placeHeader]: place };
        const { silent } = this.#departures;
        const answer = program.post(path, silent.length === 0 ? {} : { not: silent }, kept);
        const { status, body, headers } = await within('it is let in', answer, JOIN_MS);
        place = (status === 200 ? body.place : body.error?.place?.kept) ?? place;
        if (status !== 200) {
          await wait(Number(headers.get('retry-after') ?? 0) * 1_000 + fullJitter(attempt++));
          continue;
        }
        named = at ?? (body.url as string);
        at = undefined;
        const account = { url: named, token: body.token, room: joined.briefing.id, key: '', secret: '' };
        const connection = await within(
          'it is connected',
          this.#enter({ ...account, bindAddress: this.#address }, joined.identity),
          CONNECT_MS,
        );
        if (connection.failure !== undefined) throw new Error(connection.failure);
        this.connection = connection;
        this.url = named;
        this.joins += 1;
        attempt = 0;
        const waitMs = await this.#stay(connection, named);
        this.url = undefined;
        void connection.close();
        await wait(waitMs);
      } catch {
        if (named !== undefined) this.#departures.missed(named);
        await wait(fullJitter(attempt++));
      }
    }
  }

  #proveChannel(): void {
    const { socket } = this.channel;
    const { engine } = socket.io;
    if (socket.connected)
      socket
        .timeout(2_000)
        .emitWithAck('sync', {})
        .catch(() => engine.close());
  }

  /** Until it is over. @returns ms until it asks for another node */
  async #stay(connection: C, url: string): Promise<number> {
    const since = performance.now();
    while (!this.#closed && connection.failure === undefined) {
      if (!this.#isSilent(connection)) {
        if (performance.now() - since > CAME_MS) this.#departures.came();
      } else if (await this.#isLost(url)) return this.#leave(url);
      else await wait(ASK_AGAIN_MS);
      await wait(LOOK_MS);
    }
    if (this.#closed || connection.failure?.startsWith('told to leave')) return 0;
    // The page asks the node at once, while the library tries to resume its session there.
    await wait(Math.random() * SUSPECT_MS);
    if (await this.#isLost(url)) return this.#leave(url);
    await wait(fullJitter(0));
    if ((await worthOf(url)) === 'of-use') return 0;
    this.#departures.missed(url);
    return fullJitter(1);
  }

  #leave(url: string): number {
    this.#departures.missed(url);
    return this.#departures.left();
  }

  /** Whether the node is of no use while the server is ready elsewhere. */
  async #isLost(url: string): Promise<boolean> {
    const [worth, server] = await Promise.all([worthOf(url), isReady(this.channel.program.url)]);
    if (worth === 'of-use') return false;
    if (worth === 'unfit' ? !this.#departures.leavesUnfit() : !server) return false;
    this.#proveChannel();
    return true;
  }
}
