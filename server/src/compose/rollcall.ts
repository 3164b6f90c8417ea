import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { entriesDoneRequest, heldEntriesRequest, roundTopic } from '../cluster/topics/rollcall.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { AnswerBook } from '../domain/rollcall/AnswerBook.ts';
import { EntryService } from '../domain/rollcall/EntryService.ts';
import { ENTRY_ACTS } from '../domain/rollcall/entryRules.ts';
import { LiveRounds } from '../domain/rollcall/LiveRounds.ts';
import type { ChosenToAsk, EntryArrivals, FiguresAsked, RoundAlarm } from '../domain/rollcall/ports.ts';
import { Refusals } from '../domain/rollcall/Refusals.ts';
import { RoundKeeper } from '../domain/rollcall/RoundKeeper.ts';
import { RoundNews } from '../domain/rollcall/RoundNews.ts';
import { RoundReader } from '../domain/rollcall/RoundReader.ts';
import { RoundRecord } from '../domain/rollcall/RoundRecord.ts';
import { RoundService } from '../domain/rollcall/RoundService.ts';
import type { Arrivals } from '../domain/shared/Arrivals.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { rollcallRoutes } from '../edge/http/rollcall/routes.ts';
import { rollcallActs } from '../edge/socket/rollcall/acts.ts';
import { RoundNotices } from '../edge/socket/rollcall/RoundNotices.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import { handleRoundWake } from '../jobs/rollcall/roundWake.handler.ts';
import { roundWake } from '../jobs/rollcall/roundWake.ts';
import type { Clock } from '../lib/clock.ts';
import type { OnwardClock } from '../lib/OnwardClock.ts';
import type { Briefing } from '../protocol/briefing.ts';
import { isAway } from '../protocol/errors.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';
import type { RollcallStores } from './rollcallStores.ts';

interface Needs {
  readonly stores: RollcallStores;
  readonly units: Pick<Units, 'index' | 'get'>;
  readonly lists: Pick<Lists, 'pathsOf'>;
  readonly names: ConstructorParameters<typeof RoundReader>[1];
  readonly briefings: { on(event: 'changed', heard: (briefing: Briefing) => void): unknown };
  readonly jobs: Pick<Jobs, 'wake'>;
  readonly arrived: Arrivals;
  /** What is asked of other nodes. */
  readonly requests: Pick<Requests, 'all'>;
  readonly asked: FiguresAsked;
  readonly selections: ChosenToAsk;
  /** PostgreSQL's, as this node knows it. */
  readonly clock: Clock;
  /** RC8: by what answers came in. */
  readonly onward: Pick<OnwardClock, 'reach'>;
}

/** Roll-call in rounds; those of running briefings are known when the part has started. */
export function composeRollcall({ logger }: Pick<Base, 'logger'>, needs: Needs) {
  const { stores, units, lists, names, briefings, jobs, arrived, requests, clock, onward, selections } = needs;
  const { rounds: store, refusals: refused } = stores;
  const { asked: figures } = needs;
  const arrivals = anywhere(arrived, requests);
  const live = new LiveRounds();
  // RC8: what comes after this node has heard that a round is due comes after its deadline, whatever the clock was set to.
  live.on('due', (at) => onward.reach(at));
  const keeper = new RoundKeeper({ store, live, alarm: alarm(jobs), arrivals });
  const roster = {
    pathOf: (code: string) => units.get(code).path,
    listPaths: (name: string) => lists.pathsOf(name),
    tierOf: (code: string) => units.index.find(code)?.tier,
  };
  briefings.on('changed', ({ id, state }) => {
    const failed = (err: unknown) => logger.warn({ err, briefing: id }, 'rounds were not closed; the sweep does it');
    if (state === 'closed') keeper.closeBriefing(id).catch(failed);
  });
  const refusals = new Refusals(refused, logger);
  const book = new AnswerBook({ store: stores.answers, refused, refusals });
  let news: RoundNews | undefined;

  const part = {
    name: 'rollcall',
    acts: rollcallActs({
      rounds: new RoundService({ store, live, keeper, roster, arrivals, figures, chosen: selections }),
      entries: new EntryService({ store, live, keeper, refusals, figures }),
      reader: new RoundReader(keeper, names, figures),
    }),
    notices: (channel) => new RoundNotices(channel, live),
    nodeTopics: [
      nodeTopic(roundTopic, {
        tell: (publish) => {
          news = new RoundNews(live, publish);
        },
        hear: (mark) => keeper.hint(mark),
      }),
    ],
    nodeAnswers: [
      nodeAnswer(heldEntriesRequest, ({ round, before }) => arrived.holds(ENTRY_ACTS, round, new Date(before))),
      nodeAnswer(entriesDoneRequest, async ({ round }) => {
        await arrived.done(ENTRY_ACTS, round);
        return true as const;
      }),
    ],
    routes: rollcallRoutes(book, new RoundRecord(stores.acts), clock),
    jobs: [job(roundWake, handleRoundWake(keeper))],
    sweeps: [{ name: 'rounds', everyMs: CATCH_UP_EVERY_MS, run: () => keeper.sweep() }],
    start: () => keeper.sweep(),
    close: () => news?.close(),
  } satisfies Part;
  return { part, live };
}

/** RC8: at this node and at all others. One that does not answer delays no round for longer than that takes. */
function anywhere(here: Arrivals, requests: Pick<Requests, 'all'>): EntryArrivals {
  const orNone = (error: unknown) => {
    if (!isAway(error)) throw error;
    return [];
  };
  return {
    holds: async (acts, round, before) => {
      if (here.holds(acts, round, before)) return true;
      const asked = { round, before: before.getTime() };
      return (await requests.all(heldEntriesRequest, asked, Boolean).catch(orNone)).some(Boolean);
    },
    done: async (acts, round) => {
      await Promise.all([here.done(acts, round), requests.all(entriesDoneRequest, { round }).catch(orNone)]);
    },
  };
}

const alarm = (jobs: Pick<Jobs, 'wake'>): RoundAlarm => ({
  moves: ({ id: round, version, deadline, lateUntil }, now) => {
    for (const [name, at] of Object.entries({ deadline, lateUntil })) {
      const inMs = at.getTime() - now.getTime();
      jobs.wake(roundWake, `${round}-${version}-${name}`, { round }, inMs);
    }
  },
  reprompt: ({ id: round }, nr, inMs) => jobs.wake(roundWake, `${round}-again-${nr}`, { round }, inMs),
});
