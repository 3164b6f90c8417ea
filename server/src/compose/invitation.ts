import type { Briefings } from '../domain/briefing/Briefings.ts';
import { calendarOf } from '../domain/invitation/calendar.ts';
import { InvitationDesk } from '../domain/invitation/InvitationDesk.ts';
import type { Accounts } from '../domain/organisation/Accounts.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { invitationRoutes } from '../edge/http/invitation/routes.ts';
import { systemClock } from '../lib/clock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgInvitations } from '../store/postgres/invitation/PgInvitations.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly accounts: Accounts;
  readonly briefings: Briefings;
}

/** Invitations to print, and the file for calendars. */
export function composeInvitation({ config, logger }: Base, { postgres, units, accounts, briefings }: Needs) {
  const { publicUrl } = config;
  const readBriefing = briefings.read.bind(briefings);
  const store = new PgInvitations(postgres);
  const desk = new InvitationDesk({ store, units, accounts, publicUrl, log: logger, readBriefing });
  const part = {
    name: 'invitation',
    routes: invitationRoutes(desk, async (account, id) =>
      calendarOf(await readBriefing(account, id), publicUrl, systemClock.now()),
    ),
    close: () => desk.close(),
  } satisfies Part;
  return { part };
}
