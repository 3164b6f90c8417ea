import type { Briefings } from '../domain/briefing/Briefings.ts';
import { Attachments } from '../domain/directive/Attachments.ts';
import { DirectiveBoard } from '../domain/directive/DirectiveBoard.ts';
import { Directives } from '../domain/directive/Directives.ts';
import { FollowActs } from '../domain/directive/FollowActs.ts';
import type { PresentUnits } from '../domain/directive/ports.ts';
import { Reminders } from '../domain/directive/Reminders.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { attachmentRoutes, directiveRoutes, followRoutes } from '../edge/http/directive/routes.ts';
import { handleDirectiveReminder, REMINDER_SWEEP_MS } from '../jobs/directive/directiveReminder.handler.ts';
import { directiveReminder } from '../jobs/directive/directiveReminder.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import type { Closer } from '../lib/Closer.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../observability/logger.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgBriefings } from '../store/postgres/briefing/PgBriefings.ts';
import { PgAttachments } from '../store/postgres/directive/PgAttachments.ts';
import { PgDirectives } from '../store/postgres/directive/PgDirectives.ts';
import { PgReminders } from '../store/postgres/directive/PgReminders.ts';
import { presentUnits } from '../store/postgres/presence/presentUnits.ts';

interface Base {
  readonly logger: Logger;
  readonly closer: Closer;
}

interface DirectiveNeeds {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly lists: Lists;
  readonly presence: Presence;
  readonly briefings: Briefings;
  /** Not started yet. */
  readonly jobs: Jobs;
}

const ATTACHMENT_SWEEP_MS = 3_600_000;

/** Directives, what becomes of them, and the reminders. */
export function composeDirectives({ logger, closer }: Base, needs: DirectiveNeeds) {
  const { postgres, units, lists, briefings, jobs } = needs;
  const store = new PgDirectives(postgres);
  const directives = new Directives({
    store,
    units,
    lists,
    presence: presentAnywhere(postgres, needs.presence),
    readBriefing: (account, id) => briefings.read(account, id),
    expectedIn: (id) => new PgBriefings(postgres).expected(id),
  });
  const acts = new FollowActs(store);
  const board = new DirectiveBoard(store, units);
  const files = new PgAttachments(postgres);
  const reminders = new Reminders(new PgReminders(postgres), {
    at: (directive, moment, inMs) => jobs.wake(directiveReminder, `${directive}-${moment}`, { directive }, inMs),
  });
  jobs.register(directiveReminder, handleDirectiveReminder(reminders));

  directives.on('issued', (directive) => {
    const { id, number, year, issuer, addressees } = directive;
    logger.info({ directive: id, number, year, issuer: issuer.unit, addressees }, 'directive issued');
    reminders.plan(directive).catch((err: unknown) => logger.warn({ err }, 'no alarms were set; the sweep reminds'));
  });
  directives.on('ended', ({ id, state }) => logger.info({ directive: id, state }, 'directive ended'));

  const failed = (err: unknown) => logger.warn({ err }, 'a sweep failed; the next one tries again');
  closer.own(
    'reminder sweep',
    every(REMINDER_SWEEP_MS, () => reminders.sweep(), failed),
  );
  closer.own(
    'attachment sweep',
    every(ATTACHMENT_SWEEP_MS, () => files.sweep(), failed),
  );
  return {
    news: { directives, acts, reminders, board, units },
    routes: [
      ...directiveRoutes(directives),
      ...followRoutes(acts, board),
      ...attachmentRoutes(new Attachments(files, store)),
    ],
  };
}

/** This node knows its own devices to the moment, the others' as of the last second. */
const presentAnywhere = (postgres: Postgres, presence: Presence): PresentUnits => ({
  present: async (briefing) => {
    const anywhere = await presentUnits(postgres, briefing);
    return (unit) => anywhere.has(unit) || presence.ringable(briefing, unit);
  },
});
