import type { VideoQuality } from '@livekit/protocol';
import type { Closer } from '../../server/src/lib/Closer.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import type { Meeting } from '../../server/test/support/Meeting.ts';
import type { SwitchedNode, SwitchedNodes } from '../../server/test/support/SwitchedNodes.ts';
import type { Account } from '../load/signal.ts';
import { keepConnected } from './keepConnected.ts';
import { PageBot } from './PageBot.ts';
import { PictureWatch, WatchingBot } from './WatchingBot.ts';

/** As the page counts it: looks of a second each, two of them in a row. */
const isSilent = (bot: WatchingBot): boolean => bot.silentMs() > 2_500;

export interface Viewer {
  readonly page: PageBot<WatchingBot>;
  readonly watch: PictureWatch;
}

interface Entering {
  readonly nodes: SwitchedNodes;
  readonly meeting: Meeting;
  /** Which layer of the picture they ask for; undefined: the highest. */
  readonly quality: VideoQuality | undefined;
  readonly closer: Closer;
}

/** Lets them in, as many at each node, and there one after another, since each lets in so many a second. */
export async function enterViewers(
  secrets: readonly string[],
  { nodes, meeting, quality, closer }: Entering,
): Promise<readonly Viewer[]> {
  const { address } = nodes.place;
  const one = async ({ front, mediaUrl }: SwitchedNode, secret: string): Promise<Viewer> => {
    const channel = await enterChannel(front, secret, 'viewer', meeting);
    const watch = new PictureWatch();
    const join = (account: Account, identity: string) => WatchingBot.enter(account, identity, watch, quality);
    const page = await PageBot.open(channel, join, { address, isSilent, first: mediaUrl.replace('http', 'ws') });
    return { watch, page: closer.own('viewer', page) };
  };
  const viewers: Viewer[] = [];
  const at = async (node: SwitchedNode, nr: number) => {
    for (let i = nr; i < secrets.length; i += nodes.all.length) viewers.push(await one(node, secrets[i] ?? ''));
  };
  await Promise.all(nodes.all.map(at));
  return viewers;
}

/** A device on the order channel, which comes back by itself. */
export async function enterChannel(
  front: SwitchedNode['front'],
  secret: string,
  device: string,
  { briefing }: Meeting,
): Promise<ChannelClient> {
  const channel = await ChannelClient.open(front, await front.signIn(secret, device), briefing);
  keepConnected(channel);
  return channel;
}

/** So many units of these provinces of whom nobody has come. */
export async function unitsOf(
  provinces: readonly string[],
  count: number,
  by: ChannelClient,
): Promise<readonly string[]> {
  const units: string[] = [];
  for (const root of provinces) {
    if (units.length === count) break;
    const { rows } = await by.act('presence.list', { root, states: ['never'], limit: count - units.length });
    units.push(...rows.map(({ unit }) => unit));
  }
  if (units.length < count) throw new Error(`there are ${units.length} units in ${provinces.join(' and ')}`);
  return units;
}
