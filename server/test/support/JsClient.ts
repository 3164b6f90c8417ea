import type { VideoGrant } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { type Colour, colourOf, colours, type Rgb } from './colours.ts';
import { until, within } from './until.ts';

/** How long a page may work at what it was asked to, ms. */
const PAGE_MS = 60_000;

export interface JsJoinOptions {
  readonly room: string;
  readonly identity: string;
  readonly grant?: VideoGrant;
  readonly token?: string;
  readonly url?: string;
  /** Script that runs in the page before it joins, to make the browser like another one. */
  readonly prepare?: string;
  /** By livekit-client 1.15, which knows less. */
  readonly old?: boolean;
  /** `new Room(options)`; with a `passphrase`, media is encrypted from end to end. */
  readonly options?: object;
  /** `room.connect(url, token, connect)` */
  readonly connect?: object;
}
/** A server that a client can join. */
export interface Joinable {
  readonly url: string;
  token(identity: string, room: string, grant?: VideoGrant): Promise<string>;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly colour: Colour;
}
// biome-ignore lint/suspicious/noExplicitAny: what comes out of the page is JSON, and tests know its shape.
export type EventArgs = any[];

/** A participant by livekit-client inside a page of Chromium. */
export class JsClient {
  readonly page: Page;
  /** Warnings and errors of the page's console. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  async join(target: Joinable, join: JsJoinOptions): Promise<void> {
    if (join.prepare) await this.page.evaluate(join.prepare);
    const token = join.token ?? (await target.token(join.identity, join.room, join.grant));
    await this.call('join', join.url ?? target.url, token, join.options ?? {}, join.connect ?? {});
  }

  /** Runs the body of an async function in the page, where `room` (the LiveKit room), `lk` (livekit-client) and `bot` are known. */
  run<T = void>(body: string, arg?: unknown): Promise<T> {
    return this.#evaluate<T>(
      body,
      `(async (arg) => { const { room, lk } = bot; ${body} })(${arg === undefined ? 'undefined' : JSON.stringify(arg)})`,
    );
  }
  call<T = void>(name: string, ...args: unknown[]): Promise<T> {
    return this.#evaluate<T>(name, `bot[${JSON.stringify(name)}](...${JSON.stringify(args)})`);
  }
  #evaluate<T>(what: string, expression: string): Promise<T> {
    return within(`${what.trim().slice(0, 200)} in the page`, this.page.evaluate<T>(expression), PAGE_MS, () =>
      this.complaints.slice(-3),
    );
  }

  publishColour(colour: Colour, options: object = {}): Promise<string> {
    return this.call('publishColour', colours[colour], options);
  }
  publishTone(hz: number, options: object = {}): Promise<string> {
    return this.call('publishTone', hz, options);
  }

  async look(identity: string, width?: number, height?: number): Promise<Picture | undefined> {
    const seen = await this.call<(Omit<Picture, 'colour'> & { rgb: Rgb }) | null>('look', identity, width, height);
    return seen ? { ...seen, colour: colourOf(seen.rgb) } : undefined;
  }
  /** Until that participant's picture has this colour. */
  sees(identity: string, colour: Colour, ms?: number): Promise<Picture> {
    const fact = `${colour} from ${identity} in the browser`;
    return until(
      fact,
      async () => {
        const seen = await this.look(identity);
        return seen?.colour === colour ? seen : undefined;
      },
      ms,
    );
  }
  /** Until that participant's sound peaks at this frequency (within 20 Hz). */
  hears(identity: string, hz: number, ms?: number): Promise<unknown> {
    return until(
      `${hz} Hz from ${identity} in the browser`,
      async () => {
        const heard = await this.call<{ hz: number; loudness: number } | null>('hear', identity);
        return heard && heard.loudness > 0.01 && Math.abs(heard.hz - hz) < 20;
      },
      ms,
    );
  }

  async events(name: string, since = 0): Promise<EventArgs[]> {
    const all = await this.page.evaluate<[string, EventArgs][]>(`bot.log.slice(${since})`);
    return all.flatMap(([event, args]) => (event === name ? [args] : []));
  }
  /** Position in the log, to count events from. */
  mark(): Promise<number> {
    return this.page.evaluate<number>('bot.log.length');
  }
  saw(
    name: string,
    options: { since?: number; ms?: number; where?: (...args: EventArgs) => boolean } = {},
  ): Promise<EventArgs> {
    const { since = 0, ms, where = () => true } = options;
    return until(
      `event ${name} in the browser`,
      async () => (await this.events(name, since)).find((a) => where(...a)),
      ms,
    );
  }

  async close(): Promise<void> {
    if (this.page.isClosed()) return;
    await within('the page has left', this.page.evaluate('bot.room?.disconnect()')).catch(() => {});
    await this.page.context().close();
  }
}
