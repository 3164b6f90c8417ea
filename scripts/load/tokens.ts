import { setTimeout as wait } from 'node:timers/promises';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { z } from 'zod';
import { placeHeader } from '../../server/src/protocol/briefing.ts';
import { problemSchema } from '../../server/src/protocol/errors.ts';
import type { Account } from './signal.ts';

const signedIn = z.object({ token: z.string() });

/**
 * What lets a bot in: a token made with the API key, or in a briefing, where such a token is refused, one that a person
 * gets by their link.
 * @param nr counts the bots: each link is one device of one person
 * @throws Error that says what the server refused
 */
export async function tokenFor(account: Account, identity: string, grant: VideoGrant, nr: number): Promise<string> {
  if (account.token !== undefined) return account.token;
  if (!account.links) {
    const token = new AccessToken(account.key, account.secret, { identity });
    token.addGrant({ ...grant, roomJoin: true, room: account.room });
    return token.toJwt();
  }
  const link = account.links[nr];
  if (link === undefined) throw new Error(`there are ${account.links.length} links, and more viewers`);
  const secret = link.slice(link.indexOf('#l=') + 3);
  const asked = { secret, transport: 'bearer', device: `dh load ${nr}` };
  const { token: session } = await post(account.url, '/api/session/link', asked);
  const { token } = await post(account.url, `/api/briefings/${account.room}/join`, {}, session);
  return token;
}

/** As a page does, it comes back with its place when it is its turn (PL16, PL17). */
async function post(
  url: string,
  path: string,
  body: unknown,
  session?: string,
  place?: string,
): Promise<z.output<typeof signedIn>> {
  const response = await fetch(new URL(path, url.replace(/^ws/, 'http')), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(session && { authorization: `Bearer ${session}` }),
      ...(place && { [placeHeader]: place }),
    },
    body: JSON.stringify(body),
  });
  const turn = response.status === 503 ? problemSchema.parse(await response.clone().json()).error : undefined;
  if (turn?.place) {
    await wait(1_000 * (turn.retryAfterSeconds ?? 0));
    return post(url, path, body, session, turn.place.kept);
  }
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
  return signedIn.parse(await response.json());
}
