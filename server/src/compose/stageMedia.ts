import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import { leadSpeaker } from '../domain/shared/leadSpeaker.ts';
import type { Rooms } from '../hall/index.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { Base } from './Base.ts';

/** Least time for which tracks of other nodes do not arrive before this node is not ready. A third node is tried meanwhile (CL29). */
const MISSING_MS = 3_000;
/** Likewise, before viewers are sent elsewhere: whoever leaves an unready node must not come to one that is about to be. */
const DOUBTFUL_MS = 1_000;

interface Needs {
  readonly sfu: Sfu;
  readonly rooms: Rooms;
  readonly floors: LiveFloors;
}

/**
 * Makes a node that media of the stage does not reach unready, so that its viewers go to another one. Of two nodes that are
 * cut off from each other the one where the lead speaker publishes stays ready. (PL26)
 * @returns whether media of the stage is missing here, or would be to whoever comes
 */
export function composeStageMedia({ health }: Pick<Base, 'health'>, { sfu, rooms, floors }: Needs): () => boolean {
  const leadsHere = (briefing: string): boolean => {
    const floor = floors.get(briefing);
    const lead = floor && leadSpeaker(floor.speakers);
    return lead !== undefined && rooms.get(briefing)?.get(lead.seat.identity) !== undefined;
  };
  const unlessItLeads = <T>(tracks: readonly T[]): readonly T[] =>
    tracks.length > 0 && floors.briefings().some(leadsHere) ? [] : tracks;
  health.register('stage media', () => {
    const tracks = unlessItLeads(sfu.pipes.imports.missing(MISSING_MS));
    if (tracks.length === 0) return;
    const from = [...new Set(tracks.map(({ origin }) => origin.node))].sort().join(', ');
    throw new Error(`${tracks.length} tracks that ${from} sends do not arrive at this node`);
  });
  return () => unlessItLeads(sfu.pipes.imports.wouldMiss(DOUBTFUL_MS)).length > 0;
}
