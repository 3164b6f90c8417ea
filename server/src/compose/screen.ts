import type { z } from 'zod';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { findCodeRequest, screensRequest, takeCodeRequest } from '../cluster/topics/screen.ts';
import type { EndedSessions } from '../domain/organisation/EndedSessions.ts';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import type { Pending } from '../domain/screen/Codes.ts';
import { Screens, type ScreensElsewhere } from '../domain/screen/Screens.ts';
import { screenRoutes } from '../edge/http/screen/routes.ts';
import { ScreenNotices } from '../edge/socket/screen/ScreenNotices.ts';
import { systemClock } from '../lib/clock.ts';
import type { Quotas } from '../lib/Quotas.ts';
import { isAway } from '../protocol/errors.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgScreens } from '../store/postgres/screen/PgScreens.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const OVER_MS = 60_000;

interface Needs {
  readonly postgres: Postgres;
  readonly sessions: Sessions;
  readonly ended: EndedSessions;
  readonly requests: Pick<Requests, 'all'>;
  readonly caps: { readonly quotas: Quotas };
}

/** Screens that show a stage: projectors, walls, and what a broadcaster records from. */
export function composeScreen({ logger }: Base, { postgres, sessions, ended, requests, caps: { quotas } }: Needs) {
  const elsewhere = elsewhereBy(requests);
  const screens = new Screens({ store: new PgScreens(postgres), ended, clock: systemClock, logger, elsewhere, quotas });
  const part = {
    name: 'screen',
    notices: () => new ScreenNotices(screens),
    nodeAnswers: [
      nodeAnswer(takeCodeRequest, ({ code }) => write(screens.takeHere(code))),
      nodeAnswer(findCodeRequest, ({ id, secretHash }) =>
        write(screens.findHere(id, Buffer.from(secretHash, 'base64'))),
      ),
      nodeAnswer(screensRequest, ({ accounts }) => screens.connectedOf(accounts)),
    ],
    routes: screenRoutes(screens, sessions),
    sweeps: [{ name: 'screens', everyMs: OVER_MS, run: () => screens.sweep() }],
  } satisfies Part;
  return { part };
}

type Written = NonNullable<z.output<typeof takeCodeRequest.answer>>;

const write = (pending: Pending | undefined): Written | null =>
  pending
    ? { ...pending, secretHash: pending.secretHash.toString('base64'), until: pending.until.toISOString() }
    : null;

const read = (answers: readonly (Written | null)[]): Pending | undefined => {
  const found = answers.find((answer) => answer !== null);
  return found && { ...found, secretHash: Buffer.from(found.secretHash, 'base64'), until: new Date(found.until) };
};

/** What a node that does not answer would have said is not known. */
function elsewhereBy(requests: Pick<Requests, 'all'>): ScreensElsewhere {
  const orNothing = (error: unknown): [] => {
    if (!isAway(error)) throw error;
    return [];
  };
  return {
    connected: async (accounts) => (await requests.all(screensRequest, { accounts }).catch(orNothing)).flat(),
    take: async (code) => read(await requests.all(takeCodeRequest, { code }, Boolean).catch(orNothing)),
    find: async (id, hash) =>
      read(await requests.all(findCodeRequest, { id, secretHash: hash.toString('base64') }, Boolean).catch(orNothing)),
  };
}
