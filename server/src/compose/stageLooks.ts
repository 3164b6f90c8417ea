import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { stagePictureRequest, stagePicturesRequest } from '../cluster/topics/stageLooks.ts';
import type { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import { LOOK_FRESH_MS } from '../domain/floor/limits.ts';
import { StageLooks } from '../domain/floor/StageLooks.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { lookRoutes } from '../edge/http/floor/lookRoutes.ts';
import { LookNotices } from '../edge/socket/floor/LookNotices.ts';
import type { Clock } from '../lib/clock.ts';
import { isAway } from '../protocol/errors.ts';
import { codeOf } from '../protocol/organisation.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly floors: LiveFloors;
  readonly liveBriefings: Pick<LiveBriefings, 'get'>;
  readonly presence: Presence;
  readonly requests: Pick<Requests, 'all'>;
  readonly clock: Clock;
}

/** All open stages of a territory at one look, with a small picture of each. */
export function composeStageLooks({ floors, liveBriefings, presence, requests, clock }: Needs) {
  const looks = new StageLooks({
    ...{ floors, clock },
    briefing: (id) => liveBriefings.get(id),
    devices: {
      isHere: (briefing, identity) => presence.seatHere(briefing, identity) !== undefined,
      here: (briefing, path) => presence.counts(briefing, path).find(({ unit }) => unit === codeOf(path))?.here ?? 0,
    },
    elsewhere: {
      pictures: async (briefing, territory) => {
        try {
          return (await requests.all(stagePicturesRequest, { briefing, territory })).flat();
        } catch (error) {
          if (!isAway(error)) throw error;
          // Whoever looks has what this node has, and looks again.
          return [];
        }
      },
      give: async (briefing, picture) => {
        try {
          return (await requests.all(stagePictureRequest, { briefing, picture }, Boolean)).includes(true);
        } catch (error) {
          if (!isAway(error)) throw error;
          // A node of the version before does not know the question; whoever asked for the picture asks again.
          return false;
        }
      },
    },
  });
  return {
    name: 'looks at stages',
    notices: (channel) => new LookNotices(channel, looks),
    nodeAnswers: [
      nodeAnswer(stagePicturesRequest, ({ briefing, territory }) => looks.here(briefing, territory)),
      nodeAnswer(stagePictureRequest, ({ briefing, picture }) => looks.hear(briefing, picture)),
    ],
    routes: lookRoutes(looks),
    sweeps: [{ name: 'pictures of stages', everyMs: LOOK_FRESH_MS, run: () => looks.forget() }],
  } satisfies Part;
}
