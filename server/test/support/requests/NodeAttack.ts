import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Program, secretOf, TestNode } from '../TestNode.ts';
import { RawChannel } from './RawChannel.ts';
import { RawHttp } from './RawHttp.ts';

/** Who the input may speak as: `{principal}` in it is that person's token. The guest alone may sign out. */
const PEOPLE = ['principal', 'moderator', 'commune', 'guest'] as const;
const SIGN_OUT = /^DELETE \/api\/session/;
/** What may be open beyond the calm of the beginning: sockets kept alive, timers of what is just going on. */
const MOST_LEFT = 60;
const CALM_MS = 10_000;
/** How often one who did nothing wrong is told to wait, at most. */
const MOST_WAITS = 3;

/**
 * A whole node with its stores, and strangers who send it whatever they like: requests, cookies, files, acts. It answers
 * each, never with a fault of its own; who did nothing wrong goes on; and when the strangers are gone nothing is left.
 */
export class NodeAttack {
  readonly #node: TestNode;
  readonly #http: RawHttp;
  readonly #calm: number;
  #channel: RawChannel | undefined;
  #seat: { token: string; briefing: string; identity: string } | undefined;
  #words: ReadonlyMap<string, string> = new Map();

  static async create(): Promise<NodeAttack> {
    const node = await TestNode.create();
    const attack = new NodeAttack(node);
    await attack.#signIn();
    return attack;
  }

  private constructor(node: TestNode) {
    this.#node = node;
    this.#http = new RawHttp(node.url);
    this.#calm = process.getActiveResourcesInfo().length;
  }

  /** One request: its first line is method and path, headers until an empty line, then the body. */
  async request(data: Buffer): Promise<void> {
    const filled = this.#fill(data);
    // Without a session nothing else would be reached.
    const tokens = PEOPLE.filter((who) => who !== 'guest').map((who) => this.#words.get(who) ?? who);
    if (SIGN_OUT.test(filled.toString('latin1')) && tokens.some((token) => filled.includes(token))) return;
    await this.#http.send(filled);
  }

  /** Up to twelve texts of one device on the order channel, one a line, as Socket.IO writes them. */
  async acts(data: Buffer): Promise<void> {
    if (!this.#channel?.isOpen) this.#channel = await this.#open();
    for (const line of this.#fill(data).toString('utf8').split('\n').slice(0, 12)) this.#channel.send(line);
    await this.#channel.settle();
  }

  /** @throws Error when the node fails somebody who did nothing wrong, or something is left of the strangers */
  async check(): Promise<void> {
    this.#channel?.close();
    this.#channel = undefined;
    this.#http.hangUp();
    const end = performance.now() + CALM_MS;
    for (;;) {
      const left = process.getActiveResourcesInfo().length - this.#calm;
      if (left <= MOST_LEFT) break;
      if (performance.now() > end) throw new Error(`${left} more sockets and timers than at the beginning`);
      await wait(50);
    }
    await this.#signIn();
  }

  async close(): Promise<void> {
    this.#channel?.close();
    this.#http.hangUp();
    await this.#node.close();
  }

  /** Whose token is not good any more gets another. */
  async #signIn(): Promise<void> {
    const words = new Map(this.#words);
    const [, guest] = this.#node.links.filter((link) => link.who.startsWith('commune'));
    const secrets = {
      principal: this.#node.secret('Prime'),
      moderator: this.#node.secret('moderator'),
      commune: this.#node.secret('commune'),
      guest: secretOf(guest?.url ?? ''),
    };
    for (const who of PEOPLE) {
      const known = new Program(this.#node.url);
      known.token = words.get(who) ?? '';
      const isIn = known.token !== '' && (await known.get('/api/session')).status === 200;
      const program = isIn ? known : await patiently(() => this.#node.signIn(secrets[who], 'meeting'));
      const { status, body } = await program.get('/api/session');
      if (status !== 200) throw new Error(`${who} is not served any more: ${status}`);
      words.set(who, program.token);
      words.set(`${who}-unit`, body.account.unit.code);
      words.set(`${who}-account`, body.account.id);
      const briefings = (await program.get('/api/briefings')).body.briefings;
      words.set('briefing', briefings[0].id);
    }
    words.set('uuid', randomUUID());
    words.set('now', new Date().toISOString());
    this.#words = words;
  }

  /** With the identity that it has, as a page does whose line was cut; a join is asked for by who has none. */
  async #open(): Promise<RawChannel> {
    const [token, briefing] = [this.#words.get('moderator') ?? '', this.#words.get('briefing') ?? ''];
    const known = this.#seat?.token === token ? await RawChannel.open(this.#node.url, this.#seat) : undefined;
    if (known?.isOpen) return known;
    const program = new Program(this.#node.url);
    program.token = token;
    const { status, body } = await patiently(async () => {
      const answer = await program.post(`/api/briefings/${briefing}/join`);
      if (answer.status === 429) throw new Error(JSON.stringify(answer.body));
      return answer;
    });
    if (status !== 200) throw new Error(`a moderator may not join: ${status} ${body.error?.reason}`);
    this.#seat = { token, briefing, identity: body.identity };
    return RawChannel.open(this.#node.url, this.#seat);
  }

  /** `{principal}` and the like by what they stand for now, so that an input means the same in another run. */
  #fill(data: Buffer): Buffer {
    const text = data.toString('latin1');
    return Buffer.from(
      text.replaceAll(/\{([a-z-]+)\}/g, (all, word: string) => this.#words.get(word) ?? all),
      'latin1',
    );
  }
}

/** Strangers at the same address have used up what it may ask: who is told how long to wait does so, and is served. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await ask();
    } catch (error) {
      const seconds = Number(/"retryAfterSeconds":(\d+)/.exec(String(error))?.[1]);
      if (!seconds || tries === MOST_WAITS) throw error;
      await wait(seconds * 1000);
    }
}
