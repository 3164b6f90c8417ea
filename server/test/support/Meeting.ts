import { ChannelClient } from './ChannelClient.ts';
import { type Program, secretOf } from './TestNode.ts';

/** A node with the demo organisation, in this process or in one of its own. */
export interface MeetingPlace {
  readonly url: string;
  readonly links: readonly { readonly who: string; readonly url: string }[];
  secret(who: string): string;
  signIn(secret: string, device?: string): Promise<Program>;
}

/** The demo briefing of a whole node, with people on the order channel. */
export class Meeting {
  readonly node: MeetingPlace;
  readonly briefing: string;
  readonly #clients: ChannelClient[] = [];
  #devices = 0;

  private constructor(node: MeetingPlace, briefing: string) {
    this.node = node;
    this.briefing = briefing;
  }

  static async open(node: MeetingPlace): Promise<Meeting> {
    const pm = await node.signIn(node.secret('Prime'), 'meeting');
    const { body } = await pm.get('/api/briefings');
    return new Meeting(node, body.briefings[0].id);
  }

  /** Signs in by a printed link, always as the same device. */
  async enter(who: string): Promise<ChannelClient> {
    return this.withSecret(this.node.secret(who), 'meeting');
  }

  /** One of the three communes whose links are printed. */
  async commune(nr: 0 | 1 | 2): Promise<ChannelClient> {
    const link = this.node.links.filter((l) => l.who.startsWith('commune'))[nr];
    if (!link) throw new Error(`no link for commune ${nr}`);
    return this.withSecret(secretOf(link.url), 'meeting');
  }

  async withSecret(secret: string, device = `device-${this.#devices++}`): Promise<ChannelClient> {
    const client = await ChannelClient.open(this.node, await this.node.signIn(secret, device), this.briefing);
    this.#clients.push(client);
    return client;
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }
}
