import type { Participant } from '../room/Participant.ts';
import { inTurn } from '../shared/inTurn.ts';

/** On air or off, at all who are subscribed: no offer, only pause and resume. Resolves when the SFU has them all. */
export async function cutViewers(publisher: Participant): Promise<void> {
  const work: Promise<void>[] = [];
  for (const publication of [...publisher.publications.values()]) {
    await inTurn(
      publication.subscriptions,
      (subscription) => work.push(subscription.viewer.viewing.followPlace(subscription)),
      () => publication.closed,
    );
  }
  await Promise.all(work);
}
