import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { directiveTopic, followTopic, reminderTopic } from '../cluster/topics/directive.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { Attachments } from '../domain/directive/Attachments.ts';
import { DirectiveNews } from '../domain/directive/DirectiveNews.ts';
import { DirectiveProgress } from '../domain/directive/DirectiveProgress.ts';
import { Directives } from '../domain/directive/Directives.ts';
import { FollowActs } from '../domain/directive/FollowActs.ts';
import type { PresentUnits } from '../domain/directive/ports.ts';
import { Reminders } from '../domain/directive/Reminders.ts';
import type { SelectionBook } from '../domain/figure/selection/SelectionBook.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { attachmentRoutes, directiveRoutes, followRoutes } from '../edge/http/directive/routes.ts';
import { DirectiveNotices } from '../edge/socket/directive/DirectiveNotices.ts';
import { handleDirectiveReminder, REMINDER_SWEEP_MS } from '../jobs/directive/directiveReminder.handler.ts';
import { directiveReminder } from '../jobs/directive/directiveReminder.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import type { Follow } from '../protocol/directive.ts';
import type { UnitCode } from '../protocol/organisation.ts';
import type { Base } from './Base.ts';
import type { DirectiveStores } from './directiveStores.ts';
import type { Part } from './Part.ts';

const ATTACHMENT_SWEEP_MS = 3_600_000;

interface Needs {
  readonly stores: DirectiveStores;
  readonly units: Pick<Units, 'index' | 'get'>;
  readonly lists: Pick<Lists, 'pathsOf'>;
  readonly presence: Pick<Presence, 'ringable'>;
  readonly briefings: Pick<Briefings, 'read'>;
  readonly jobs: Pick<Jobs, 'wake'>;
  readonly selections: Pick<SelectionBook, 'reached'>;
}

/** Directives, what becomes of them, and the reminders. */
export function composeDirective({ logger }: Pick<Base, 'logger'>, needs: Needs) {
  const { stores, units, lists, briefings, jobs, selections } = needs;
  const { directives: store, files } = stores;
  const attachments = new Attachments(files, store);
  const directives = new Directives({
    store,
    files: attachments,
    units,
    lists,
    presence: presentAnywhere(stores, needs.presence),
    readBriefing: (account, id) => briefings.read(account, id),
    expectedIn: stores.expected,
    selected: (account, id) => selections.reached(account, id),
  });
  const acts = new FollowActs(store);
  const board = new DirectiveProgress(store, units);
  const reminders = new Reminders(stores.reminders, {
    at: (directive, moment, inMs) => jobs.wake(directiveReminder, `${directive}-${moment}`, { directive }, inMs),
  });
  const failed = (err: unknown) =>
    logger.warn({ err }, 'devices could not be told of a directive; they find it in their inbox');
  const news = new DirectiveNews({ directives, acts, reminders, units, failed });

  directives.on('issued', (directive) => {
    const { id, number, year, issuer, addressees } = directive;
    logger.info({ directive: id, number, year, issuer: issuer.unit, addressees }, 'directive issued');
    reminders.plan(directive).catch((err: unknown) => logger.warn({ err }, 'no alarms were set; the sweep reminds'));
  });
  directives.on('ended', ({ id, state }) => logger.info({ directive: id, state }, 'directive ended'));

  const part = {
    name: 'directive',
    notices: (channel) => new DirectiveNotices(channel, { news, board, units, failed }),
    nodeTopics: [
      nodeTopic(directiveTopic, {
        tell: (publish) => {
          const changed = ({ id, state }: Parameters<typeof publish>[0]) => publish({ id, state });
          directives.on('issued', changed).on('ended', changed);
        },
        hear: (mark) => news.hint(mark),
      }),
      nodeTopic(followTopic, {
        tell: (publish) =>
          acts.on('followed', (follows) => {
            for (const [directive, changed] of unitsByDirective(follows)) publish({ directive, units: changed });
          }),
        hear: ({ directive, units: changed }) => news.hintFollows(directive, changed),
      }),
      nodeTopic(reminderTopic, {
        tell: (publish) => reminders.on('reminded', publish),
        hear: (reminder) => news.hintReminder(reminder),
      }),
    ],
    routes: [...directiveRoutes(directives), ...followRoutes(acts, board), ...attachmentRoutes(attachments)],
    jobs: [job(directiveReminder, handleDirectiveReminder(reminders))],
    sweeps: [
      { name: 'news of directives', everyMs: CATCH_UP_EVERY_MS, run: () => news.sweep() },
      { name: 'reminders', everyMs: REMINDER_SWEEP_MS, run: () => reminders.sweep() },
      { name: 'attachments', everyMs: ATTACHMENT_SWEEP_MS, run: () => files.sweep() },
    ],
  } satisfies Part;
  return { part, followActs: acts, attachments, directives, news };
}

/** This node knows its own devices to the moment, the others' as of the last second. */
const presentAnywhere = (stores: DirectiveStores, presence: Pick<Presence, 'ringable'>): PresentUnits => ({
  present: async (briefing) => {
    const anywhere = await stores.present(briefing);
    return (unit) => anywhere.has(unit) || presence.ringable(briefing, unit);
  },
});

function unitsByDirective(follows: readonly Follow[]): Map<string, UnitCode[]> {
  const byDirective = new Map<string, UnitCode[]>();
  for (const { directive, unit } of follows) {
    const units = byDirective.get(directive) ?? [];
    byDirective.set(directive, units);
    units.push(unit);
  }
  return byDirective;
}
