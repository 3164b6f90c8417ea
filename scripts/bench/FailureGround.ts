import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { VideoQuality } from '@livekit/protocol';
import { Client } from 'pg';
import { ROOT } from '../../server/src/demo/country.ts';
import { Closer } from '../../server/src/lib/Closer.ts';
import { Browser } from '../../server/test/support/Browser.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { answerUntilKept } from '../../server/test/support/keptAnswers.ts';
import { Meeting } from '../../server/test/support/Meeting.ts';
import { issueLinkFor, issueLinksFor } from '../../server/test/support/people.ts';
import { type SwitchedNode, SwitchedNodes } from '../../server/test/support/SwitchedNodes.ts';
import { until } from '../../server/test/support/until.ts';
import type { IvfFile } from '../load/ivf.ts';
import { PublisherBot } from '../load/PublisherBot.ts';
import { BrowserPage } from './BrowserPage.ts';
import { CutFacts } from './CutFacts.ts';
import { FailureFacts } from './FailureFacts.ts';
import { enterChannel, enterViewers, unitsOf, type Viewer } from './failureViewers.ts';
import { keepConnected } from './keepConnected.ts';
import { PageBot } from './PageBot.ts';

/** Of whom pages in Chromium are: nobody counts them. */
const PAGES_PROVINCE = '80';
/** Of whom viewers are, the first as far as it has units; their counts are looked at. */
const PROVINCES = ['79', '74'];
/** What is not as it should be by then is wrong, ms. */
const PATIENCE_MS = 45_000;
/** In which a roll-call is answered at the longest, ms. */
const ANSWERS_MS = 20_000;
/** After which an official who has no answer presses at another node, ms: longer than any node is busy. */
const TRY_MS = 3_000;
/** A picture that stands for longer is none; one that moves for so long stays. */
const GAP_MS = 500;
const STEADY_MS = 4_000;

export interface Seen {
  readonly longestMs: number;
  /** How often it connected anew. */
  readonly anew: number;
}

interface GroundOptions {
  /** Of the nodes. */
  readonly env?: Record<string, string> | undefined;
  /** Of the frames of the principal's picture and sound so many are sent, 0..1. */
  readonly pace?: number | undefined;
  /** Of the principal, its three layers, lowest first; without: those that are kept for load, which nobody can decode for long. */
  readonly pictures?: readonly IvfFile[] | undefined;
  /** Which layer of the picture viewers ask for; without: the highest. */
  readonly quality?: VideoQuality | undefined;
}

interface Present {
  /** At each node by its order channel. */
  readonly officials: readonly ChannelClient[];
  readonly facts: FailureFacts;
  readonly principal: PageBot<PublisherBot>;
  readonly viewers: readonly Viewer[];
}

/** A briefing on three nodes, with its principal on the air and its viewers at all of them, and what is to be true of it all the time. */
export class FailureGround {
  readonly nodes: SwitchedNodes;
  readonly viewers: readonly Viewer[];
  readonly principal: PageBot<PublisherBot>;
  readonly #meeting: Meeting;
  readonly #officials: readonly ChannelClient[];
  readonly #facts: FailureFacts;
  readonly #pages: BrowserPage[] = [];
  /** What was said meanwhile and was not so. */
  readonly #saidWrong: string[] = [];
  /** What a call came to meanwhile. */
  lastCall: string | undefined;
  readonly #before = new Map<Viewer, number>();
  readonly #closer: Closer;

  static async create(viewers: number, { env, pace, pictures, quality }: GroundOptions = {}): Promise<FailureGround> {
    const closer = new Closer(() => undefined);
    try {
      const nodes = closer.own('nodes', await SwitchedNodes.create(3, env));
      const meeting = closer.own('meeting', await Meeting.open(nodes.at(0).front));
      const pm = await meeting.enter('Prime');
      keepConnected(pm);
      await pm.act('stage.goLive', {});
      const address = nodes.place.address;
      const officials: ChannelClient[] = [];
      for (const { front, name } of nodes.all)
        officials.push(
          closer.own(name, await enterChannel(front, await issueLinkFor(nodes, 'moderator', ROOT), name, meeting)),
        );
      // Whoever carries the briefing is not the principal's node, so that both can die apart.
      const carrier = await until('somebody carries it', () => carrierOf(nodes, meeting.briefing));
      const principal = await PageBot.open(
        pm,
        (account, identity) => PublisherBot.create(account, identity, { pace, pictures }),
        {
          address,
          // A page looks for reports on what it sends each second, and asks after two without.
          isSilent: (bot) => bot.silentMs() > 2_500,
          first: nodes.all.find((node) => node !== carrier)?.mediaUrl.replace('http', 'ws'),
        },
      );
      closer.own('principal', principal);
      const secrets = await issueLinksFor(nodes, 'seat', await unitsOf(PROVINCES, viewers, pm));
      const all = await enterViewers(secrets, { nodes, meeting, quality, closer });
      const facts = new FailureFacts({
        ...{ briefing: meeting.briefing, databaseUrl: nodes.stores.databaseUrl },
        ...{ officials, viewers: all.map(({ page }) => page.channel), provinces: PROVINCES },
      });
      const ground = new FailureGround(nodes, meeting, { officials, facts, principal, viewers: all }, closer);
      await ground.settled();
      const wrong = await ground.wrong();
      if (wrong.length > 0) throw new Error(`before anything dies: ${wrong.join('; ')}`);
      return ground;
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  private constructor(
    nodes: SwitchedNodes,
    meeting: Meeting,
    { officials, facts, principal, viewers }: Present,
    closer: Closer,
  ) {
    this.nodes = nodes;
    this.#meeting = meeting;
    this.#officials = officials;
    this.#facts = facts;
    this.principal = principal;
    this.viewers = viewers;
    this.#closer = closer;
  }

  get principalNode(): SwitchedNode {
    const node = this.nodes.of(this.principal.url);
    if (!node) throw new Error('the principal is nowhere');
    return node;
  }

  async carrierNode(): Promise<SwitchedNode> {
    return until('somebody carries it', () => carrierOf(this.nodes, this.#meeting.briefing));
  }

  /** With viewers, without the principal. */
  async viewersNode(): Promise<SwitchedNode> {
    const carrier = await this.carrierNode();
    const found = this.nodes.all.find((node) => node !== this.principalNode && node !== carrier);
    if (!found) throw new Error('each node has more to do');
    return found;
  }

  viewersAt({ mediaUrl }: SwitchedNode): readonly Viewer[] {
    return this.viewers.filter(({ page }) => page.url?.replace(/^ws/, 'http') === mediaUrl);
  }

  /** Whole tree, by their order channel at that node. */
  officialAt(node: SwitchedNode): ChannelClient {
    const found = this.#officials[this.nodes.all.indexOf(node)];
    if (!found) throw new Error(`nobody is at ${node.name}`);
    return found;
  }

  /** From now on it counts. */
  begin(): void {
    for (const viewer of this.viewers) {
      viewer.watch.takeLongest(performance.now());
      this.#before.set(viewer, viewer.page.joins);
    }
  }

  /** What those have seen since. */
  end(whose: readonly (Viewer | BrowserPage)[]): Promise<readonly Seen[]> {
    return Promise.all(
      whose.map(async (one) =>
        one instanceof BrowserPage
          ? { longestMs: await one.takeLongest(), anew: one.joins - 1 }
          : {
              longestMs: one.watch.takeLongest(performance.now()),
              anew: one.page.joins - (this.#before.get(one) ?? 0),
            },
      ),
    );
  }

  /** Pages of communes in Chromium, whose media is at that node; from now on they count. */
  async openPages(count: number, { mediaUrl }: SwitchedNode): Promise<readonly BrowserPage[]> {
    const browser = this.#closer.own('browser', await Browser.open());
    const units = await unitsOf([PAGES_PROVINCE], count, this.principal.channel);
    const secrets = await issueLinksFor(this.nodes, 'seat', units);
    for (const secret of secrets) {
      const link = `${this.nodes.publicUrl}/#l=${secret}`;
      this.#pages.push(this.#closer.own('page', await BrowserPage.open(browser, link, mediaUrl)));
    }
    await this.settled();
    for (const page of this.#pages) await page.takeLongest();
    return this.#pages;
  }

  /** Everybody has a picture, and has it for a while: what has just died nobody has noticed yet. */
  async settled(): Promise<void> {
    let since = performance.now();
    // Viewer or page -> in how many looks it had no picture.
    const found = new Map<string, number>();
    const have = async () => {
      const now = performance.now();
      const viewers = this.viewers.flatMap(({ watch, page }) =>
        watch.silentMs(now) > GAP_MS || !watch.hasSeen ? page.channel.identity : [],
      );
      const pages = await Promise.all(this.#pages.map((page) => page.silentMs()));
      const without = [...viewers, ...pages.flatMap((ms, i) => (ms > GAP_MS ? `page ${i + 1}` : []))];
      for (const who of without) found.set(who, (found.get(who) ?? 0) + 1);
      if (without.length > 0) since = now;
      return performance.now() - since > STEADY_MS;
    };
    await until('everybody has a picture', have, PATIENCE_MS).catch((error) => {
      const whom = [...found].map(([who, times]) => `${who} ${times} times`).join(', ');
      throw new Error(`without a picture were ${whom}`, { cause: error });
    });
  }

  /** All viewers are asked, and answer as pages do. */
  async rollCall(): Promise<void> {
    const scope = this.viewers.map(({ page }) => page.channel.identity.split('.')[0] ?? '');
    const ask = { key: randomUUID(), question: 'Có mặt?', scope, seconds: 600 };
    const round = await this.#acting('round.open', (official) => official.act('round.open', ask));
    const betweenMs = Math.min(400, ANSWERS_MS / this.viewers.length);
    const answers = this.viewers.map(async ({ page }, i) => {
      await wait(i * betweenMs);
      return answerUntilKept(page.channel, round.id);
    });
    // What became of them is looked at in the end.
    for (const answer of answers) answer.catch(() => undefined);
    this.#facts.rounds.set(round.id, answers);
  }

  /** A viewer's unit is called. @returns takes the call, and waits until they are on stage */
  async call(): Promise<() => Promise<void>> {
    const [viewer] = this.viewers;
    if (!viewer) throw new Error('nobody is there');
    const { channel } = viewer.page;
    const unit = channel.identity.split('.')[0] ?? '';
    const { id } = await this.#acting('call.start', (official) => official.act('call.start', { unit, seconds: 120 }));
    await channel.heardOf('call.ring', (call) => call.id === id, PATIENCE_MS);
    return async () => {
      await until('the call is taken', async () => {
        const answer = channel.socket.connected && (await channel.ask('call.accept', { call: id }).catch(() => false));
        return (typeof answer === 'object' && 'ok' in answer) || wait(500, false);
      });
      this.#facts.onStage.push('seat');
    };
  }

  /** Begins to look for what is not so while that node is cut off. @param stay its units stay where they are */
  watchFacts(node: SwitchedNode, stay: boolean): CutFacts {
    const there = this.viewersAt(node)[0]?.page.channel.identity.split('.')[0];
    return new CutFacts({
      officials: this.nodes.all.filter((other) => other !== node).map((other) => this.officialAt(other)),
      ...{ pages: this.#pages, provinces: PROVINCES },
      ...{ present: stay ? this.viewers.length : undefined, unit: stay ? there : undefined },
    });
  }

  /** That is over. */
  async said(facts: CutFacts): Promise<void> {
    this.#saidWrong.push(...(await facts.end()));
    this.lastCall = facts.call;
  }

  /** What was said and was not so, and what is not as if nothing had died; it has a while to become so. */
  async wrong(): Promise<string[]> {
    return [...this.#saidWrong, ...(await this.#facts.wrong())];
  }

  async close(): Promise<void> {
    await this.#closer.close();
  }

  /** Of whichever official is connected, in turn: one may sit at a node that stands still. */
  async #acting<T>(what: string, act: (official: ChannelClient) => Promise<T>): Promise<T> {
    let tries = 0;
    const press = async () => {
      const there = this.#officials.filter(({ socket }) => socket.connected);
      const official = there[tries++ % there.length];
      return official && Promise.race([act(official).catch(() => wait(500, undefined)), wait(TRY_MS, undefined)]);
    };
    return until(what, press, PATIENCE_MS) as Promise<T>;
  }
}

async function carrierOf(nodes: SwitchedNodes, briefing: string): Promise<SwitchedNode | undefined> {
  const sql = new Client(nodes.stores.databaseUrl);
  await sql.connect();
  const { rows } = await sql.query<{ node: string }>('SELECT node FROM briefing_carriers WHERE briefing = $1', [
    briefing,
  ]);
  await sql.end();
  return nodes.all.find(({ name }) => name === rows[0]?.node);
}
