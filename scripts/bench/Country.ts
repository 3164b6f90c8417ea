import { VideoQuality } from '@livekit/protocol';
import { countryRows, ROOT } from '../../server/src/demo/country.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Bots } from '../load/Bots.ts';
import type { Account } from '../load/signal.ts';

const JOINS_PER_SECOND = 15;

/** A province of the country: who leads it, and which of the viewers are its communes. */
export interface Province {
  readonly unit: string;
  readonly leader: ChannelClient;
  /** Its place among the speakers. */
  readonly speaker: number;
  readonly viewers: readonly number[];
}

interface Parts {
  readonly opened: readonly { close(): unknown }[];
  readonly principal: ChannelClient;
  readonly provinces: readonly Province[];
  readonly speakers: Bots;
  readonly audience: Bots;
}

/** The principal speaks to some communes of each province, whose moderator is there; all on a server of its own. */
export class Country {
  readonly principal: ChannelClient;
  readonly provinces: readonly Province[];
  readonly speakers: Bots;
  readonly audience: Bots;
  readonly #opened: readonly { close(): unknown }[];

  /** @param viewers communes of each province */
  static async open(stages: number, viewers: number): Promise<Country> {
    const opened: { close(): unknown }[] = [];
    const own = <T extends { close(): unknown }>(thing: T): T => {
      opened.unshift(thing);
      return thing;
    };
    try {
      const server = own(await ServerProcess.create());
      const pm = await server.signIn(server.secret('Prime'), 'bench');
      const provinces = (await countryRows()).filter(({ parent }) => parent === ROOT);
      const chosen = provinces.slice(0, stages).map(({ code }) => code);
      const briefing = await openNational(pm, new Date(Date.now() + 3_600_000));
      const enter = async (secret: string) =>
        own(await ChannelClient.open(server, await server.signIn(secret, 'bench'), briefing));
      const principal = await enter(server.secret('Prime'));
      await principal.act('stage.goLive', {});
      const broughtIn: Province[] = [];
      const links: string[] = [];
      for (const [i, secret] of (await issueLinksFor(server, 'moderator', chosen)).entries()) {
        const leader = await enter(secret);
        const unit = chosen[i] ?? '';
        const { rows } = await leader.act('presence.list', { root: unit, states: ['never'], limit: viewers });
        const communes = await issueLinksFor(
          server,
          'seat',
          rows.map((row) => row.unit),
        );
        const from = links.length;
        links.push(...communes.map((commune) => `#l=${commune}`));
        broughtIn.push({ unit, leader, speaker: i + 1, viewers: communes.map((_, nr) => from + nr) });
      }
      const speakers = own(Bots.speakers());
      await speakers.stand([principal, ...broughtIn.map(({ leader }) => leader)].map(accountOf));
      const { url, room } = accountOf(principal);
      const account = { url, room, key: '', secret: '', bindAddress: '127.0.0.1', links };
      const audience = own(await Bots.viewers(account, links.length, JOINS_PER_SECOND, { quality: VideoQuality.LOW }));
      return new Country({ opened, principal, provinces: broughtIn, speakers, audience });
    } catch (error) {
      for (const thing of opened) await thing.close();
      throw error;
    }
  }

  private constructor({ opened, principal, provinces, speakers, audience }: Parts) {
    this.#opened = opened;
    this.principal = principal;
    this.provinces = provinces;
    this.speakers = speakers;
    this.audience = audience;
  }

  /** Whoever is off the air again is there, and sends nothing yet. */
  async stand(): Promise<void> {
    await this.speakers.stand([this.principal, ...this.provinces.map(({ leader }) => leader)].map(accountOf));
  }

  async close(): Promise<void> {
    for (const thing of this.#opened) await thing.close();
  }
}

const accountOf = ({ joined: { url, token, briefing } }: ChannelClient): Account => ({
  ...{ url, token, room: briefing.id, key: '', secret: '', bindAddress: '127.0.0.1' },
});
