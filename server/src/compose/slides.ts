import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import {
  lastStillRequest,
  pointerTopic,
  slidesTopic,
  stillImageRequest,
  stillTopic,
} from '../cluster/topics/slides.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import type { LiveProgrammes } from '../domain/programme/LiveProgrammes.ts';
import type { ProgrammeService } from '../domain/programme/ProgrammeService.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { Stage } from '../domain/shared/stage.ts';
import { Decks } from '../domain/slides/Decks.ts';
import { LiveSlides } from '../domain/slides/LiveSlides.ts';
import { ScreenShares } from '../domain/slides/ScreenShares.ts';
import { SlideShows } from '../domain/slides/SlideShows.ts';
import { Stills } from '../domain/slides/Stills.ts';
import { slidesRoutes } from '../edge/http/slides/routes.ts';
import { slidesActs } from '../edge/socket/slides/acts.ts';
import { SlidesNotices } from '../edge/socket/slides/SlidesNotices.ts';
import type { Clock } from '../lib/clock.ts';
import { tryAll } from '../lib/tryAll.ts';
import { isAway } from '../protocol/errors.ts';
import type { slideTypes } from '../protocol/slides.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgSlides } from '../store/postgres/slides/PgSlides.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const PICTURES_SWEEP_MS = 3_600_000;

interface Needs {
  readonly postgres: Postgres;
  readonly briefings: Briefings;
  readonly liveBriefings: Pick<LiveBriefings, 'get'>;
  readonly programme: ProgrammeService;
  readonly programmes: LiveProgrammes;
  /** The live rooms. */
  readonly stage: Stage;
  readonly floors: LiveFloors;
  readonly clock: Clock;
  readonly requests: Pick<Requests, 'all'>;
}

/** What is shown beside people: slides, prepared for a briefing and shown on its stage, and shared screens. */
export function composeSlides(
  { logger }: Base,
  { postgres, briefings, liveBriefings, programme, programmes, stage, floors, clock, requests }: Needs,
) {
  const store = new PgSlides(postgres);
  const live = new LiveSlides(store);
  const decks = new Decks({ store, readBriefing: (account, id) => briefings.read(account, id) });
  const shows = new SlideShows({ store, live, briefing: (id) => liveBriefings.get(id), programme: programmes });
  live.on('committed', ({ briefing, seq }) => {
    const deck = live.get(briefing).shown?.deck ?? null;
    logger.debug({ briefing, seq, deck }, 'slides changed');
  });
  const shares = new ScreenShares({
    ...{ stage, floors, programme, programmes },
    failed: (err, briefing) => logger.warn({ err, briefing }, 'a shared screen was not put on or taken off the stage'),
  });

  const stills = new Stills({
    floors,
    content: (id) => programmes.get(id)?.content,
    briefing: (id) => liveBriefings.get(id),
    now: () => clock.now(),
    elsewhere: {
      last: async (briefing) =>
        (await requests.all(lastStillRequest, { briefing }, Boolean).catch(noneOf)).find(Boolean) ?? null,
      image: async (briefing, sha256) => {
        const found = (await requests.all(stillImageRequest, { briefing, sha256 }, Boolean).catch(noneOf)).find(
          Boolean,
        );
        return found ? { type: found.type, bytes: Buffer.from(found.bytes, 'base64') } : null;
      },
    },
  });
  programmes.on('changed', () => stills.forget());

  const part = {
    name: 'slides',
    acts: slidesActs(shows, stills),
    notices: (channel) => new SlidesNotices(channel, { live, shows, stills }),
    nodeTopics: [
      nodeTopic(slidesTopic, { tell: (publish) => live.on('committed', publish), hear: (mark) => live.hint(mark) }),
      nodeTopic(pointerTopic, {
        tell: (publish) => shows.on('pointed', publish),
        hear: (pointed) => shows.hear(pointed),
      }),
      nodeTopic(stillTopic, {
        tell: (publish) => stills.on('taken', publish),
        hear: (still) => stills.hear(still),
      }),
    ],
    nodeAnswers: [
      nodeAnswer(lastStillRequest, ({ briefing }) => stills.last(briefing) ?? null),
      nodeAnswer(stillImageRequest, ({ briefing, sha256 }) => {
        const image = stills.imageHere(briefing, sha256);
        return image
          ? { type: image.type as (typeof slideTypes)[number], bytes: image.bytes.toString('base64') }
          : null;
      }),
    ],
    routes: slidesRoutes(decks, stills),
    // What closing rooms say is no news about anybody.
    drain: () => shares.close(),
    sweeps: [
      {
        name: 'slides',
        everyMs: CATCH_UP_EVERY_MS,
        // A briefing that is closed has no programme that changes.
        run: () => tryAll([() => live.sweep(), () => shows.sweep(), () => stills.forget()]),
      },
      { name: 'pictures of slides', everyMs: PICTURES_SWEEP_MS, run: () => store.sweep() },
    ],
  } satisfies Part;
  return { part };
}

/** Where a node does not answer, who asked gets the next still. */
function noneOf(error: unknown): [] {
  if (!isAway(error)) throw error;
  return [];
}
