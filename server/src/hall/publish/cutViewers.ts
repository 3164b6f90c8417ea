import { setImmediate as turn } from 'node:timers/promises';
import { inTurn } from '../shared/inTurn.ts';
import type { Publication } from './Publication.ts';
import type { Receiver } from './Receiver.ts';

type CutTrack = Pick<Publication, 'isVideo' | 'closed'> & { readonly subscriptions: Iterable<Receiver> };

/**
 * On air or off, at all who are subscribed: no offer, only pause and resume. Resolves when the SFU has them all.
 * CL56: pictures first, with nothing between them, since the first who begins makes the worker ask for a key frame, and
 * whoever begins after that has come waits a second for the next.
 */
export async function cutViewers(tracks: readonly CutTrack[]): Promise<void> {
  const work: Promise<void>[] = [];
  for (const isVideo of [true, false]) {
    for (const track of tracks)
      if (track.isVideo === isVideo) await ofAll(track, (receiver) => work.push(receiver.followPlace()));
    // What they do in promises is with the worker by then.
    await turn();
  }
  await Promise.all(work);
  for (const track of tracks) await ofAll(track, (receiver) => receiver.tellPlace());
}

const ofAll = (track: CutTrack, act: (receiver: Receiver) => void): Promise<void> =>
  inTurn(track.subscriptions, act, () => track.closed);
