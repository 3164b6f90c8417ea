import { inTurn } from './inTurn.ts';
import type { Participant } from './Participant.ts';

/** On air or off, at all who have a seat: no offer, only pause and resume. Resolves when the SFU has them all. */
export async function reseatViewers(publisher: Participant): Promise<void> {
  const work: Promise<void>[] = [];
  for (const publication of [...publisher.publications.values()]) {
    await inTurn(
      publication.subscriptions,
      (subscription) => work.push(subscription.viewer.viewing.reseat(subscription)),
      () => publication.closed,
    );
  }
  await Promise.all(work);
}
