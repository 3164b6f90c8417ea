import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Program } from '../../server/test/support/TestNode.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { foundCountry } from './rollcallCountry.ts';

/** A device of a seat, as `RollcallDevices` has it sign in. */
interface SeatOf {
  readonly token: string;
  readonly identity: string;
  readonly briefing: string;
}

export interface BriefedCountry {
  readonly server: ServerProcess;
  /** In the briefing, on its order channel. */
  readonly principal: ChannelClient;
  readonly seats: readonly SeatOf[];
  close(): Promise<void>;
}

/** A whole server with a country of so many communes, and a briefing that its principal has opened. @param prepare its database */
export async function briefCountry(
  communes: number,
  prepare: (databaseUrl: string) => Promise<void> = async () => undefined,
): Promise<BriefedCountry> {
  await provideMediaWorker();
  let country: Awaited<ReturnType<typeof foundCountry>> | undefined;
  const server = await ServerProcess.create({}, async (url) => {
    country = await foundCountry(url, communes);
    await prepare(url);
  });
  try {
    if (!country) throw new Error('the country was not founded');
    const program = new Program(server.url);
    program.token = country.principal.token;
    const briefing = await openNational(program);
    const principal = await ChannelClient.open(server, program, briefing);
    return {
      ...{ server, principal, seats: country.seats.map(({ token, identity }) => ({ token, identity, briefing })) },
      close: async () => {
        principal.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
