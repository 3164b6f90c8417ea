import type { KeyBox } from '../cluster/bus/KeyBox.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import {
  makingSheetsRequest,
  sheetFileRequest,
  sheetsRequest,
  takenSheetsRequest,
} from '../cluster/topics/invitation.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { calendarOf } from '../domain/invitation/calendar.ts';
import { InvitationDesk } from '../domain/invitation/InvitationDesk.ts';
import type { SheetsElsewhere } from '../domain/invitation/ports.ts';
import type { Accounts } from '../domain/organisation/Accounts.ts';
import type { CodeHashes, CodeStore } from '../domain/organisation/codePorts.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { invitationRoutes } from '../edge/http/invitation/routes.ts';
import { systemClock } from '../lib/clock.ts';
import { isAway } from '../protocol/errors.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgInvitations } from '../store/postgres/invitation/PgInvitations.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly accounts: Accounts;
  readonly codeStore: CodeStore;
  readonly codeHashes: CodeHashes;
  readonly briefings: Briefings;
  readonly requests: Pick<Requests, 'all'>;
  readonly keyBox: KeyBox;
}

/** Invitations to print, and the file for calendars. */
export function composeInvitation({ config, logger }: Base, needs: Needs) {
  const { postgres, units, accounts, codeStore: codes, codeHashes, briefings, requests, keyBox } = needs;
  const { publicUrl } = config;
  const readBriefing = briefings.read.bind(briefings);
  const store = new PgInvitations(postgres);
  const elsewhere = elsewhereBy(requests, keyBox);
  const desk = new InvitationDesk({
    ...{ store, units, accounts, codes, codeHashes },
    ...{ publicUrl, supportTelephone: config.SUPPORT_TELEPHONE ?? null, log: logger, elsewhere, readBriefing },
  });
  const part = {
    name: 'invitation',
    nodeAnswers: [
      nodeAnswer(makingSheetsRequest, ({ account }) => desk.isMaking(account)),
      nodeAnswer(sheetsRequest, ({ account, id }) => desk.toldHere(account, id) ?? null),
      nodeAnswer(sheetFileRequest, ({ account, id }) => {
        const file = desk.fileHere(account, id);
        return file ? { closed: keyBox.close(placeOf(account, id), file.toString('base64')) } : null;
      }),
      nodeAnswer(takenSheetsRequest, ({ account, id }) => {
        desk.takenHere(account, id);
        return true;
      }),
    ],
    routes: invitationRoutes(desk, async (account, id) =>
      calendarOf(await readBriefing(account, id), publicUrl, systemClock.now()),
    ),
    close: () => desk.close(),
  } satisfies Part;
  return { part };
}

const placeOf = (account: string, id: string): string => `sheets ${id} of ${account}`;

function elsewhereBy(requests: Pick<Requests, 'all'>, keyBox: KeyBox): SheetsElsewhere {
  return {
    isMaking: async (account) => (await requests.all(makingSheetsRequest, { account }, Boolean)).includes(true),
    told: async (account, id) =>
      (await requests.all(sheetsRequest, { account, id }, Boolean)).find(Boolean) ?? undefined,
    file: async (account, id) => {
      const found = (await requests.all(sheetFileRequest, { account, id }, Boolean)).find(Boolean);
      return found ? Buffer.from(keyBox.open(placeOf(account, id), found.closed), 'base64') : undefined;
    },
    taken: async (account, id) => {
      await requests.all(takenSheetsRequest, { account, id }).catch((error: unknown) => {
        if (!isAway(error)) throw error;
      });
    },
  };
}
