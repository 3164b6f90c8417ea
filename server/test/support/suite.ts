import { after, afterEach, before } from 'node:test';
import type { SfuConfigInput } from '@dieu-hanh/sfu-config';
import { dispose } from '@livekit/rtc-node';
import { Browser } from './Browser.ts';
import { CutProxy } from './CutProxy.ts';
import type { JsClient, JsJoinOptions } from './JsClient.ts';
import { type JoinOptions, RtcClient } from './RtcClient.ts';
import { Target } from './Target.ts';

/** Recent clients take two PeerConnections without asking for one first: what every LiveKit server speaks. */
export const v0 = { singlePeerConnection: false };
/** What the SDK does by itself: one PeerConnection first, and two when the server has no such endpoint. */
export const byDefault = { singlePeerConnection: undefined };

export interface Suite {
  readonly target: Target;
  /** Joins by livekit-client in Chromium. */
  js(room: string, identity: string, join?: Partial<JsJoinOptions>): Promise<JsClient>;
  /** Joins by @livekit/rtc-node. */
  rtc(room: string, identity: string, join?: Partial<JoinOptions>): Promise<RtcClient>;
  /** A cable to the server that the test may cut. */
  cable(): Promise<CutProxy>;
}

/**
 * One server and one browser for a test file; clients and cables are closed after each test, in the order of their opening.
 * Against our own server clients have their default options, and fall back by themselves; against one that also serves a single
 * PeerConnection they are told to take two, so that the same way is tested.
 */
export function suite(
  options: { browser?: boolean; webhookUrls?: readonly string[]; settings?: SfuConfigInput; nodes?: number } = {},
): Suite {
  let target: Target | undefined;
  let browser: Browser | undefined;
  const opened: { close(): Promise<void> }[] = [];
  const own = <T extends { close(): Promise<void> }>(thing: T): T => {
    opened.push(thing);
    return thing;
  };
  const live = <T>(thing: T | undefined): T => {
    if (!thing) throw new Error('the suite is not open');
    return thing;
  };

  const usual = () => (live(target).own ? byDefault : v0);

  before(async () => {
    const { webhookUrls = [], settings = {}, nodes } = options;
    target = await Target.open({ webhookUrls, settings }, nodes);
    if (options.browser ?? true) browser = await Browser.open();
  });
  afterEach(async () => {
    for (const thing of opened.splice(0)) await thing.close();
  });
  after(async () => {
    await browser?.close();
    await target?.close();
    await dispose();
  });

  return {
    get target() {
      return live(target);
    },
    async js(room, identity, join = {}) {
      return own(
        await live(browser).join(live(target), { room, identity, ...join, options: { ...usual(), ...join.options } }),
      );
    },
    async rtc(room, identity, join = {}) {
      return own(
        await RtcClient.join(live(target), { room, identity, ...join, options: { ...usual(), ...join.options } }),
      );
    },
    async cable() {
      return own(await CutProxy.open(live(target).url));
    },
  };
}
